import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Encryption } from '../names/cipher-suites.ts';
import { Aead } from './aead.ts';
import { type AeadCipher, cipherOf } from './ciphers.ts';

const words: readonly Encryption[] = [
  'AESGCM(128)',
  'AESGCM(256)',
  'AESCCM(128)',
  'AESCCM8(256)',
  'ARIAGCM(128)',
  'CHACHA20/POLY1305(256)',
];
const bytes = (text: string): Buffer => Buffer.from(text, 'hex');
const text = (value: Uint8Array | undefined): string | undefined => value && Buffer.from(value).toString('hex');
const empty = Buffer.alloc(0);

test('the first two GCM test vectors of its specification', () => {
  const aead = new Aead(cipherNamed('AESGCM(128)'), Buffer.alloc(16));
  const nonce = Buffer.alloc(12);
  assert.equal(text(aead.seal(nonce, empty)), '58e2fccefa7e3061367f1d57a4e7455a');
  assert.equal(
    text(aead.seal(nonce, empty, Buffer.alloc(16))),
    '0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf',
  );
});

test('example 3 of NIST SP 800-38C, CCM with a tag of 8 bytes', () => {
  const aead = new Aead(cipherNamed('AESCCM8(128)'), bytes('404142434445464748494a4b4c4d4e4f'));
  const nonce = bytes('101112131415161718191a1b');
  const plaintext = bytes('202122232425262728292a2b2c2d2e2f3031323334353637');
  const sealed = aead.seal(nonce, bytes('000102030405060708090a0b0c0d0e0f10111213'), plaintext);
  assert.equal(text(sealed), 'e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951');
});

test('RFC 8439 section 2.8.2', () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i);
  const aead = new Aead(cipherNamed('CHACHA20/POLY1305(256)'), key);
  const plaintext = Buffer.from(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  );
  const sealed = aead.seal(bytes('070000004041424344454647'), bytes('50515253c0c1c2c3c4c5c6c7'), plaintext);
  assert.equal(text(sealed.subarray(0, 8)), 'd31a8d34648e60db');
  assert.equal(text(sealed.subarray(-16)), '1ae10b594f09e26a7e902ecbd0600691');
});

test('what was sealed in parts opens whole, with every cipher', () => {
  const part = fc.uint8Array({ maxLength: 200 });
  const parts = fc.array(part, { maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...words), parts, part, (word, pieces, additionalData) => {
      const aead = aeadOf(word);
      const nonce = Buffer.alloc(12, 5);
      const sealed = aead.seal(nonce, additionalData, ...pieces);
      assert.equal(text(aead.open(nonce, additionalData, sealed)), text(Buffer.concat(pieces)));
      const target = Buffer.alloc(sealed.length + 9, 0xee);
      assert.equal(aead.sealInto(target, 5, nonce, additionalData, ...pieces), sealed.length);
      assert.equal(text(target), `eeeeeeeeee${text(sealed)}eeeeeeee`);
    }),
    { numRuns: 100 },
  );
});

test('any flipped bit, other additional data or another nonce is a forgery', () => {
  for (const word of words) {
    const aead = aeadOf(word);
    const nonce = Buffer.alloc(12, 1);
    const aad = Buffer.from('header');
    const sealed = aead.seal(nonce, aad, Buffer.from('text'));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const forged = Uint8Array.from(sealed);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(aead.open(nonce, aad, forged), undefined, word);
    }
    assert.equal(aead.open(nonce, Buffer.from('headex'), sealed), undefined, word);
    assert.equal(aead.open(Buffer.alloc(12, 2), aad, sealed), undefined, word);
  }
});

test('a record cut short is a forgery, at every length', () => {
  for (const word of words) {
    const aead = aeadOf(word);
    const nonce = Buffer.alloc(12, 1);
    const sealed = aead.seal(nonce, empty, Buffer.from('some text'));
    for (let length = 0; length < sealed.length; length++)
      assert.equal(aead.open(nonce, empty, sealed.subarray(0, length)), undefined, `${word} ${length}`);
  }
});

test('a forged empty record is refused, also by CCM', () => {
  for (const word of words) {
    const aead = aeadOf(word);
    const nonce = Buffer.alloc(12, 1);
    const aad = Buffer.from('header');
    assert.equal(aead.open(nonce, aad, Buffer.alloc(aead.tagLength)), undefined, word);
    assert.equal(text(aead.open(nonce, aad, aead.seal(nonce, aad))), '', word);
  }
});

test('a tag of 4 bytes is refused', () => {
  const aead = aeadOf('AESGCM(128)');
  const nonce = Buffer.alloc(12);
  const sealed = aead.seal(nonce, empty);
  assert.equal(aead.open(nonce, empty, sealed.subarray(0, 4)), undefined);
});

function cipherNamed(word: Encryption): AeadCipher {
  const cipher = cipherOf(word);
  assert.ok(cipher?.kind === 'aead', word);
  return cipher;
}

function aeadOf(word: Encryption): Aead {
  const cipher = cipherNamed(word);
  return new Aead(cipher, Buffer.alloc(cipher.keyLength, 3));
}
