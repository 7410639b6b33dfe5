import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { type PrfKind, prf } from './prf.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'hex');
const text = (value: Uint8Array): string => Buffer.from(value).toString('hex');

test('the known answer of the PRF with SHA-256', () => {
  const secret = bytes('9bbe436ba940f017b17652849a71db35');
  const seed = bytes('a0ba9f936cda311827a6f796ffd5198c');
  assert.equal(
    text(prf('sha256', secret, 'test label', seed, 100)),
    'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a' +
      '6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab' +
      '4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701' +
      '87347b66',
  );
});

test('the known answer of the PRF with SHA-384', () => {
  const secret = bytes('b80b733d6ceefcdc71566ea48e5567df');
  const seed = bytes('cd665cf6a8447dd6ff8b27555edb7465');
  assert.equal(
    text(prf('sha384', secret, 'test label', seed, 32)),
    '7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cd',
  );
});

test('all kinds agree with a slow reading of the RFC, for secrets of even and odd length', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<PrfKind>('sha256', 'sha384', 'md5-sha1'),
      fc.uint8Array({ maxLength: 100 }),
      fc.uint8Array({ maxLength: 80 }),
      fc.integer({ min: 0, max: 200 }),
      (kind, secret, seed, length) => {
        assert.equal(text(prf(kind, secret, 'key expansion', seed, length)), slow(kind, secret, seed, length));
      },
    ),
    { numRuns: 100 },
  );
});

function slow(kind: PrfKind, secret: Uint8Array, seed: Uint8Array, length: number): string {
  const whole = Buffer.concat([Buffer.from('key expansion'), seed]);
  const pHash = (name: string, key: Uint8Array): Buffer => {
    const mac = (bytes: Uint8Array): Buffer => createHmac(name, key).update(bytes).digest();
    let output = Buffer.alloc(0);
    for (let a = mac(whole); output.length < length; a = mac(a))
      output = Buffer.concat([output, mac(Buffer.concat([a, whole]))]);
    return output.subarray(0, length);
  };
  if (kind !== 'md5-sha1') return pHash(kind, secret).toString('hex');
  const half = Math.floor((secret.length + 1) / 2);
  const left = pHash('md5', secret.subarray(0, half));
  const right = pHash('sha1', secret.subarray(secret.length - half));
  return Buffer.from(left.map((byte, i) => byte ^ (right[i] ?? 0))).toString('hex');
}
