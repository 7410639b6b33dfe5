import assert from 'node:assert/strict';
import test from 'node:test';
import { BadShare } from '../groups.ts';
import { automaticDhParameters, dhKeyPair, fieldKeyPair, rfc7919Parameters } from './dh.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const integer = (bytes: Uint8Array): bigint => BigInt(`0x0${text(bytes)}`);

function fixed(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
}

/** A safe prime of 512 bits: small, so that leading zeros occur soon. */
const small = {
  p: Buffer.from(
    'cd1df6b5902cdc331d6ff9a1bb4f92d8fcd6e6d7c95f6a2d918edd46a8157c4156c8e14e03a89022685b40c7064713bad71ecdd9524d20510c77d9d1f1afa3c7',
    'hex',
  ),
  g: Buffer.of(5),
};

test('both sides find the same secret', () => {
  for (const parameters of [small, automaticDhParameters(80), automaticDhParameters(112)]) {
    const [a, b] = [dhKeyPair(parameters), dhKeyPair(parameters)];
    assert.equal(a.share.length, parameters.p.length);
    assert.deepEqual(a.derive(b.share), b.derive(a.share));
    assert.notDeepEqual(a.share, b.share);
  }
});

test('the secret loses its leading zeros, or keeps them for TLS 1.3', () => {
  for (let seen = 0; seen < 1; ) {
    const [a, b] = [fieldKeyPair(small), dhKeyPair(small)];
    const whole = a.derive(b.share);
    assert.equal(whole.length, small.p.length);
    const stripped = b.derive(a.share);
    assert.equal(integer(stripped), integer(whole));
    assert.notEqual(stripped[0], 0);
    if (whole[0] === 0) seen++;
  }
});

test('a share may have leading zeros, or have lost them', () => {
  const pair = dhKeyPair(small);
  const two = pair.derive(Buffer.of(2));
  assert.deepEqual(pair.derive(fixed(2n, 64)), two);
  assert.deepEqual(pair.derive(fixed(2n, 70)), two);
});

test('values outside 2 and p - 2 are refused', () => {
  const p = integer(small.p);
  const pair = dhKeyPair(small);
  for (const value of [0n, 1n, p - 1n, p, p + 1n])
    assert.throws(
      () => pair.derive(fixed(value, 64)),
      (error) => error instanceof BadShare && error.fault === 'point',
    );
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(64, 0xff), Buffer.alloc(65, 1), Buffer.alloc(9000, 0xff)])
    assert.throws(() => pair.derive(bytes), BadShare);
  assert.ok(pair.derive(fixed(p - 2n, 64)).length > 0);
});

test('parameters in which OpenSSL finds no group throw', () => {
  assert.throws(() => dhKeyPair({ p: Buffer.of(23), g: Buffer.of(5) }));
  assert.throws(() => dhKeyPair({ p: Buffer.alloc(0), g: Buffer.of(5) }));
});

test('leading zeros of p do not count', () => {
  const wide = { p: Buffer.concat([Buffer.alloc(3), small.p]), g: small.g };
  assert.equal(dhKeyPair(wide).share.length, 64);
});

test('the automatic group follows the bits of security', () => {
  const size = (bits: number): number => automaticDhParameters(bits).p.length * 8;
  assert.deepEqual(
    [0, 80, 111, 112, 127, 128, 151, 152, 191, 192, 256].map(size),
    [1024, 1024, 1024, 2048, 2048, 3072, 3072, 4096, 4096, 8192, 8192],
  );
});

test('the sizes of RFC 7919 and no others have a group', () => {
  for (const bits of [2048, 3072, 4096, 6144, 8192]) assert.equal(rfc7919Parameters(bits)?.p.length, bits / 8);
  assert.equal(rfc7919Parameters(1536), undefined);
});
