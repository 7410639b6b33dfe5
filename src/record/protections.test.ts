import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AeadCipher, type CbcCipher, cipherOf } from '../crypto/ciphers.ts';
import { randomBytes } from '../crypto/primitives/random.ts';
import type { Encryption } from '../names/cipher-suites.ts';
import { Aead12 } from './aead12.ts';
import { Aead13 } from './aead13.ts';
import { Cbc } from './cbc-protection.ts';
import type { ReadProtection, WriteProtection } from './protection.ts';
import { hmacOf } from './record-mac.ts';
import { StreamProtection } from './stream-cipher.ts';

interface Pair {
  readonly reading: ReadProtection;
  readonly writing: WriteProtection;
}

const aesCbc = cipherOf('AES(128)') as CbcCipher;
const tripleDes = cipherOf('3DES(168)') as CbcCipher;
const mac = () => hmacOf('sha1', Buffer.alloc(20, 5), 20);

/** Both directions with the same keys, each with a state of its own. */
const pairs: Readonly<Record<string, () => Pair>> = {
  'AES-GCM in TLS 1.3': () => both(() => aead13('AESGCM(128)')),
  'ChaCha20 in TLS 1.3': () => both(() => aead13('CHACHA20/POLY1305(256)')),
  'CCM-8 in TLS 1.3, padded': () => both(() => aead13('AESCCM8(128)', 512)),
  'AES-GCM in TLS 1.2': () => both(() => aead12('AESGCM(256)', 4)),
  'CCM in TLS 1.2': () => both(() => aead12('AESCCM(128)', 4)),
  'ChaCha20 in TLS 1.2': () => both(() => aead12('CHACHA20/POLY1305(256)', 12)),
  'CBC with explicit IV': () => both(() => cbc(aesCbc, {})),
  'CBC with chained IV': () => both(() => cbc(aesCbc, { chainedIv: Buffer.alloc(16, 8) })),
  '3DES with encrypt-then-MAC': () => both(() => cbc(tripleDes, { encryptThenMac: true })),
  'CBC of SSL 3.0': () => both(() => cbc(tripleDes, { ssl3: true, chainedIv: Buffer.alloc(8, 8) })),
  'MAC alone': () => both(() => new StreamProtection(mac())),
};

for (const [name, make] of Object.entries(pairs)) {
  test(`${name}: records come back in order, type and all`, () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 700 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(contents, (parts) => {
        const { reading, writing } = make();
        for (const [sequence, content] of parts.entries()) {
          const opened = open(reading, seal(writing, content, sequence), sequence);
          assert.equal(opened?.type, 23);
          assert.deepEqual(Buffer.from(opened?.content ?? []), Buffer.from(content));
        }
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: a record with any byte changed, cut short, or of another number is not genuine`, () => {
    const { writing } = make();
    const sealed = seal(writing, Buffer.from('some content'), 0);
    for (let at = 5; at < sealed.length; at++) {
      // SSL 3.0 leaves all of its padding but the length unprotected.
      if (name.includes('SSL 3.0') && at >= sealed.length - 8) continue;
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      assert.equal(open(make().reading, changed, 0), undefined, `byte ${at}`);
    }
    for (let length = 5; length < sealed.length; length++) {
      assert.equal(open(make().reading, sealed.subarray(0, length), 0), undefined, `length ${length}`);
    }
    assert.equal(open(make().reading, sealed, 1), undefined);
  });
}

test('padding makes TLS 1.3 records a multiple of the block, and never longer than a full record', () => {
  const inner = (length: number, block: number) =>
    seal(aead13('AESGCM(128)', block), Buffer.alloc(length), 0).length - 5 - 16;
  assert.equal(inner(0, 512), 512);
  assert.equal(inner(511, 512), 512);
  assert.equal(inner(512, 512), 1024);
  assert.equal(inner(100, 0), 101);
  assert.equal(inner(10, 16384), 16384);
  assert.equal(inner(16384, 512), 16385);
});

test('records with messages in them have a padding of their own', () => {
  const cipher = cipherOf('AESGCM(128)') as AeadCipher;
  const padding = { application: 16, handshake: 512 };
  const writing = new Aead13(cipher, Buffer.alloc(cipher.keyLength), Buffer.alloc(12), padding);
  const length = (type: number) =>
    Buffer.concat(writing.seal({ type, version: 0x0303, epoch: 0, sequence: 0, content: Buffer.alloc(20) })).length -
    16;
  assert.deepEqual([length(23), length(22), length(21)], [32, 512, 512]);
});

test('a padding that claims more than there is, is as wrong as a wrong MAC', () => {
  const { reading } = both(() => cbc(aesCbc, {}));
  for (let length = 0; length < 200; length += 16)
    assert.equal(open(reading, Buffer.alloc(5 + length, 0xff), 0), undefined);
});

function both(make: () => ReadProtection & WriteProtection): Pair {
  return { reading: make(), writing: make() };
}

function aead13(word: Encryption, padding = 0): Aead13 {
  const cipher = cipherOf(word) as AeadCipher;
  const both = { application: padding, handshake: 0 };
  return new Aead13(cipher, Buffer.alloc(cipher.keyLength, 1), Buffer.alloc(12, 2), both);
}

function aead12(word: Encryption, ivLength: number): Aead12 {
  const cipher = cipherOf(word) as AeadCipher;
  return new Aead12(cipher, Buffer.alloc(cipher.keyLength, 1), Buffer.alloc(ivLength, 2));
}

function cbc(cipher: CbcCipher, options: { chainedIv?: Uint8Array; encryptThenMac?: boolean; ssl3?: boolean }): Cbc {
  const key = Buffer.alloc(cipher.keyLength, 1);
  return new Cbc({ cipher, key, mac: mac(), random: randomBytes, encryptThenMac: false, ssl3: false, ...options });
}

function seal(writing: WriteProtection, content: Uint8Array, sequence: number): Uint8Array {
  const body = writing.seal({ type: 23, version: 0x0303, epoch: 0, sequence, content });
  const record = Buffer.concat([Buffer.alloc(5), ...body]);
  const length = record.length - 5;
  record.set([23, 3, 3, length >>> 8, length & 0xff]);
  return record;
}

/** Decrypts as the reader does: the header holds the length received. */
function open(reading: ReadProtection, record: Uint8Array, sequence: number) {
  const body = record.subarray(5);
  const header = Uint8Array.of(23, 3, 3, body.length >>> 8, body.length & 0xff);
  return reading.open({ type: 23, version: 0x0303, epoch: 0, sequence, body, header });
}
