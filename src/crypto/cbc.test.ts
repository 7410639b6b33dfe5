import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import type { Encryption } from '../names/cipher-suites.ts';
import { cbcDecrypt, cbcEncrypt } from './cbc.ts';
import { type CbcCipher, cipherOf } from './ciphers.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

test('RFC 3602 section 4, cases 1 and 2: no padding is added', () => {
  const cipher = cbcNamed('AES(128)');
  const single = cbcEncrypt(
    cipher,
    bytes('06a9214036b8a15b512e03d534120006'),
    bytes('3dafba429d9eb430b422da802c9fac41'),
    Buffer.from('Single block msg'),
  );
  assert.deepEqual(Buffer.from(single), bytes('e353779c1079aeb82708942dbe77181a'));
  const two = cbcEncrypt(
    cipher,
    bytes('c286696d887c9aa0611bbb3e2025a45a'),
    bytes('562e17996d093d28ddb3ba695a2e6f58'),
    bytes('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'),
  );
  assert.deepEqual(Buffer.from(two), bytes('d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1'));
});

test('what was encrypted decrypts, with every block cipher this Node carries', () => {
  for (const word of [
    'AES(128)',
    'AES(256)',
    'Camellia(128)',
    'Camellia(256)',
    '3DES(168)',
    'SEED(128)',
    'IDEA(128)',
  ] as const) {
    if (cipherOf(word) === undefined) continue;
    const cipher = cbcNamed(word);
    const key = createSecretKey(Uint8Array.from({ length: cipher.keyLength }, (_, i) => i));
    const iv = Buffer.alloc(cipher.blockLength, 9);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer(), (blocks, seed) => {
        const plaintext = Buffer.alloc(blocks * cipher.blockLength, seed & 0xff);
        const ciphertext = cbcEncrypt(cipher, key, iv, plaintext);
        assert.equal(ciphertext.length, plaintext.length);
        assert.deepEqual(Buffer.from(cbcDecrypt(cipher, key, iv, ciphertext)), plaintext);
      }),
      { numRuns: 20 },
    );
  }
});

test('a length that is not whole blocks is refused before the cipher sees it', () => {
  const cipher = cbcNamed('AES(128)');
  const key = Buffer.alloc(16);
  assert.throws(() => cbcEncrypt(cipher, key, key, Buffer.alloc(15)), RangeError);
  assert.throws(() => cbcDecrypt(cipher, key, key, Buffer.alloc(17)), RangeError);
});

function cbcNamed(word: Encryption): CbcCipher {
  const cipher = cipherOf(word);
  assert.ok(cipher?.kind === 'cbc', word);
  return cipher;
}
