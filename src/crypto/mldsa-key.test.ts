import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integer, objectIdentifier, octetString, sequence } from '../bytes/der.ts';
import { MlDsaKey, mlDsaKey } from './mldsa-key.ts';
import { mlDsa } from './primitives/post-quantum.ts';
import { sign } from './signatures.ts';

const seed = Buffer.alloc(32, 7);
const { ml_dsa44, ml_dsa65 } = mlDsa() ?? assert.fail();
const message = Buffer.from('what is signed');

test('a key is the same from its seed, its expanded form and both', () => {
  const { publicKey, secretKey } = ml_dsa65.keygen(seed);
  const implicitSeed = Buffer.concat([Buffer.of(0x80, 32), seed]);
  for (const content of [implicitSeed, octetString(secretKey), sequence(octetString(seed), octetString(secretKey))]) {
    const key = mlDsaKey(pkcs8(18, content));
    assert.ok(key);
    assert.equal(key.asymmetricKeyType, 'ml-dsa-65');
    assert.deepEqual(Buffer.from(key.publicKey), Buffer.from(publicKey));
    assert.ok(ml_dsa65.verify(sign(0x0905, key, message), message, publicKey));
    assert.throws(() => sign(0x0904, key, message), RangeError);
    assert.throws(() => sign(0x0403, key, message), RangeError);
  }
});

test('a key is the same in the forms without a tag, and with its public key behind it', () => {
  const { publicKey, secretKey } = ml_dsa44.keygen(seed);
  for (const content of [seed, secretKey, octetString(Buffer.concat([secretKey, publicKey]))]) {
    const key = mlDsaKey(pkcs8(17, content));
    assert.deepEqual(key && Buffer.from(key.publicKey), Buffer.from(publicKey));
  }
});

test('keys are equal by what they are', () => {
  const { keygen } = ml_dsa44;
  const first = new MlDsaKey('ml-dsa-44', keygen(seed));
  assert.ok(first.equals(new MlDsaKey('ml-dsa-44', keygen(seed))));
  assert.ok(!first.equals(new MlDsaKey('ml-dsa-44', keygen(Buffer.alloc(32, 8)))));
});

test('whatever else it is given is no key', () => {
  const whole = pkcs8(17, Buffer.concat([Buffer.of(0x80, 32), seed]));
  for (let length = 0; length < whole.length; length++) assert.equal(mlDsaKey(whole.subarray(0, length)), undefined);
  assert.equal(mlDsaKey(pkcs8(16, Buffer.concat([Buffer.of(0x80, 32), seed]))), undefined);
  assert.equal(mlDsaKey(pkcs8(17, Buffer.concat([Buffer.of(0x80, 31), seed.subarray(1)]))), undefined);
  assert.equal(mlDsaKey(pkcs8(17, octetString(seed))), undefined);
  assert.equal(mlDsaKey(pkcs8(17, sequence())), undefined);
  assert.equal(mlDsaKey(pkcs8(17, Buffer.concat([Buffer.of(0x04, 32), seed]))), undefined);
  assert.equal(mlDsaKey(pkcs8(17, Buffer.concat([Buffer.of(0x81, 32), seed]))), undefined);
});

test('a seed and an expanded key that are not the same key are no key', () => {
  const { secretKey } = ml_dsa44.keygen(Buffer.alloc(32, 8));
  assert.equal(mlDsaKey(pkcs8(17, sequence(octetString(seed), octetString(secretKey)))), undefined);
  assert.equal(mlDsaKey(pkcs8(17, sequence(octetString(seed)))), undefined);
});

/** `arc` is the last number of the algorithm's identifier. */
function pkcs8(arc: number, content: Uint8Array): Uint8Array {
  const algorithm = sequence(objectIdentifier(`2.16.840.1.101.3.4.3.${arc}`));
  return sequence(integer(0), algorithm, octetString(content));
}
