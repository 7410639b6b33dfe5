import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import test from 'node:test';
import { curveKey, montgomeryKey, montgomeryPublicKey, secretKey } from './primitives.ts';
import { randomBytes } from './random.ts';

test('a key object is used as it is, bytes become one', () => {
  const key = createSecretKey(Buffer.from('key'));
  assert.equal(secretKey(key), key);
  assert.ok(secretKey(Buffer.from('key')).equals(key));
  assert.equal(secretKey(new Uint8Array(0)).symmetricKeySize, 0);
});

test('fresh keys have shares of the length that TLS sends, each time others', () => {
  for (const [curve, length] of [
    ['x25519', 32],
    ['x448', 56],
  ] as const) {
    const { share } = montgomeryKey(curve);
    assert.equal(share.length, length);
    assert.notDeepEqual(montgomeryKey(curve).share, share);
    assert.equal(montgomeryPublicKey(curve, share).asymmetricKeyType, curve);
    assert.throws(() => montgomeryPublicKey(curve, share.subarray(1)));
  }
  assert.equal(curveKey('prime256v1').getPublicKey().length, 65);
});

test('random bytes come in the number asked for and differ', () => {
  assert.equal(randomBytes(0).length, 0);
  assert.equal(randomBytes(48).length, 48);
  assert.notDeepEqual(randomBytes(32), randomBytes(32));
});
