import assert from 'node:assert/strict';
import { createCipheriv, getCipherInfo } from 'node:crypto';
import test from 'node:test';
import { cipherSuites, type Encryption } from '../names/cipher-suites.ts';
import { cipherOf } from './ciphers.ts';

/** The national suites, which we do not support, and those of the legacy provider. */
const mayBeMissing = /SM4|GOST|MAGMA|KUZNYECHIK|RC4|IDEA|SEED/i;

test('every encryption of the suites table that this Node carries has a description', () => {
  for (const { encryption, name } of cipherSuites) {
    if (mayBeMissing.test(encryption)) continue;
    assert.ok(cipherOf(encryption), `${name}: ${encryption}`);
  }
});

test('the described lengths are those of OpenSSL', () => {
  for (const encryption of new Set(cipherSuites.map((it) => it.encryption))) {
    const cipher = cipherOf(encryption);
    if (cipher?.nodeName === undefined) continue;
    const info = getCipherInfo(cipher.nodeName);
    assert.equal(info?.keyLength, cipher.keyLength, encryption);
    if (cipher.kind === 'cbc') assert.equal(info?.blockSize, cipher.blockLength, encryption);
  }
});

test('a cipher is described only when it can be used', () => {
  const rc4 = cipherOf('RC4(128)');
  if (rc4 === undefined) assert.throws(() => createCipheriv('rc4', Buffer.alloc(16), null));
  else assert.ok(createCipheriv('rc4', Buffer.alloc(16), null));
});

test('nonces and tags are those of the RFCs', () => {
  const shape = (word: Encryption): unknown => {
    const cipher = cipherOf(word);
    return cipher?.kind === 'aead' && [cipher.fixedIvLength, cipher.explicitNonceLength, cipher.tagLength];
  };
  assert.deepEqual(shape('AESGCM(128)'), [4, 8, 16]);
  assert.deepEqual(shape('AESCCM(256)'), [4, 8, 16]);
  assert.deepEqual(shape('AESCCM8(128)'), [4, 8, 8]);
  assert.deepEqual(shape('CHACHA20/POLY1305(256)'), [12, 0, 16]);
  assert.deepEqual(cipherOf('None'), { kind: 'null', nodeName: undefined, keyLength: 0 });
});
