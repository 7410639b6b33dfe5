import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integer, sequence, unsignedInteger } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { rfc7919Parameters } from './dh.ts';
import { dhSecurityBits, readDhParameters } from './dh-parameters.ts';

const ffdhe = rfc7919Parameters(2048)?.p ?? new Uint8Array(0);
/** Odd, of the given length in bits; primality is never tested. */
const odd = (bits: number) => Buffer.alloc(bits / 8, 0xff);

test('parameters of PKCS #3 are read, with and without the length of the private value', () => {
  const p = odd(1024);
  assert.deepEqual(readDhParameters(sequence(unsignedInteger(p), integer(5))), {
    p: Uint8Array.from(p),
    g: Uint8Array.of(5),
  });
  assert.equal(readDhParameters(sequence(unsignedInteger(p), integer(2), integer(256))).privateLength, 256);
  assert.equal(readDhParameters(sequence(unsignedInteger(p), integer(2), integer(4096))).privateLength, undefined);
});

test('a group of a standard has the private length that goes with it', () => {
  assert.equal(readDhParameters(sequence(unsignedInteger(ffdhe), integer(2))).privateLength, 225);
});

test('the strength follows from the prime and from a short private length', () => {
  const strength = (bits: number, length?: number) =>
    dhSecurityBits({ p: odd(bits), g: Uint8Array.of(2), ...(length && { privateLength: length }) });
  assert.deepEqual(
    [512, 1024, 1536, 2048, 3072, 8192].map((bits) => strength(bits)),
    [0, 80, 80, 112, 128, 192],
  );
  assert.deepEqual([strength(2048, 180), strength(2048, 150), strength(2048, 400)], [90, 0, 112]);
  assert.equal(dhSecurityBits(readDhParameters(sequence(unsignedInteger(ffdhe), integer(2)))), 112);
});

const p = unsignedInteger(odd(1024));
const hostile: [string, Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['a sequence that is cut short', sequence(p, integer(2)).subarray(0, 40)],
  ['an empty sequence', sequence()],
  ['a prime alone', sequence(p)],
  ['zero as generator', sequence(p, integer(0))],
  ['a negative prime', sequence(Buffer.of(2, 1, 0x81), integer(2))],
  ['parameters of DSA', sequence(p, unsignedInteger(odd(160)), unsignedInteger(odd(1024)))],
  ['four numbers', sequence(p, integer(2), integer(3), integer(4))],
  ['something behind the end', Buffer.concat([sequence(p, integer(2)), Buffer.of(0)])],
];
for (const [what, der] of hostile) {
  test(`${what} is no set of DH parameters`, () => {
    assert.throws(() => readDhParameters(der), Malformed);
  });
}
