import assert from 'node:assert/strict';
import { constants, createPublicKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { decryptPremaster } from './rsa-decrypt.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const length = 128;
const random = Buffer.alloc(48, 0xaa);
const premaster = Buffer.concat([Buffer.from('0303', 'hex'), Buffer.alloc(46, 0x5c)]);

const encrypt = (block: Uint8Array, padding: number): Buffer => publicEncrypt({ key: publicKey, padding }, block);
const decrypt = (ciphertext: Uint8Array): Buffer =>
  Buffer.from(decryptPremaster(privateKey, ciphertext, 0x0303, random));

/** 00 02, padding, 00, premaster; then modified by `change`. */
function block(change: (bytes: Buffer) => void = () => {}): Buffer {
  const bytes = Buffer.alloc(length, 0x77);
  bytes[0] = 0;
  bytes[1] = 2;
  bytes[length - 49] = 0;
  bytes.set(premaster, length - 48);
  change(bytes);
  return bytes;
}
const encryptBlock = (change?: (bytes: Buffer) => void): Buffer => encrypt(block(change), constants.RSA_NO_PADDING);

test('a well-formed premaster secret comes out', () => {
  assert.deepEqual(decrypt(encrypt(premaster, constants.RSA_PKCS1_PADDING)), premaster);
  assert.deepEqual(decrypt(encryptBlock()), premaster);
});

test('the version is the one of the ClientHello', () => {
  const ciphertext = encryptBlock();
  assert.deepEqual(Buffer.from(decryptPremaster(privateKey, ciphertext, 0x0302, random)), random);
  assert.deepEqual(Buffer.from(decryptPremaster(privateKey, ciphertext, 0x0203, random)), random);
});

test('whatever is wrong in the block gives the random bytes', () => {
  const changes: readonly ((bytes: Buffer) => void)[] = [
    (bytes) => bytes.fill(1, 1, 2),
    (bytes) => bytes.fill(3, 1, 2),
    (bytes) => bytes.fill(0, 2, 3),
    (bytes) => bytes.fill(0, 9, 10),
    (bytes) => bytes.fill(0, length - 50, length - 49),
    (bytes) => bytes.fill(1, length - 49, length - 48),
    (bytes) => bytes.fill(0x80, length - 49, length - 48),
    (bytes) => bytes.fill(2, length - 48, length - 47),
    (bytes) => bytes.fill(0, length - 47, length - 46),
    (bytes) => bytes.fill(0),
    (bytes) => bytes.fill(0xff, 1),
  ];
  for (const change of changes) assert.deepEqual(decrypt(encryptBlock(change)), random, String(change));
});

test('a secret of another length gives the random bytes', () => {
  for (const size of [0, 1, 47, 49, 117])
    assert.deepEqual(decrypt(encrypt(Buffer.alloc(size, 3), constants.RSA_PKCS1_PADDING)), random);
});

test('a ciphertext that is one byte short is refused, although the primitive takes it', () => {
  for (let tries = 0; tries < 5000; tries++) {
    const ciphertext = encrypt(premaster, constants.RSA_PKCS1_PADDING);
    if (ciphertext[0] !== 0) continue;
    assert.deepEqual(decrypt(ciphertext), premaster);
    assert.deepEqual(decrypt(ciphertext.subarray(1)), random);
    return;
  }
  assert.fail('no ciphertext began with a zero');
});

test('wrong lengths and a number not below the modulus give the random bytes', () => {
  const ciphertext = encryptBlock();
  const modulus = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).n ?? '', 'base64url');
  for (const bytes of [
    Buffer.alloc(0),
    ciphertext.subarray(1),
    Buffer.concat([ciphertext, Buffer.of(0)]),
    Buffer.concat([Buffer.of(0), ciphertext]),
    modulus,
    Buffer.alloc(length, 0xff),
    Buffer.alloc(4096, 0xff),
  ])
    assert.deepEqual(decrypt(bytes), random);
});

test('a key that cannot decrypt gives the random bytes', () => {
  for (const pair of [
    generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
    generateKeyPairSync('rsa-pss', { modulusLength: 1024 }),
  ])
    assert.deepEqual(Buffer.from(decryptPremaster(pair.privateKey, encryptBlock(), 0x0303, random)), random);
});

test('the shortest key that OpenSSL makes is long enough', () => {
  const tiny = generateKeyPairSync('rsa', { modulusLength: 512 });
  const inside = block().subarray(length - 64);
  inside.set([0, 2], 0);
  const ciphertext = publicEncrypt({ key: tiny.publicKey, padding: constants.RSA_NO_PADDING }, inside);
  assert.deepEqual(Buffer.from(decryptPremaster(tiny.privateKey, ciphertext, 0x0303, random)), premaster);
});

test('no bytes whatever make an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 200 }), (bytes) => {
      assert.deepEqual(decrypt(bytes), random);
    }),
    { numRuns: 50 },
  );
});
