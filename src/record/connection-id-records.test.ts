import assert from 'node:assert/strict';
import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AeadCipher, type CbcCipher, cipherOf } from '../crypto/ciphers.ts';
import { Aead12 } from './aead12.ts';
import { Cbc } from './cbc-protection.ts';
import { type DatagramRecord, idIn, recordsOf } from './datagram-record.ts';
import type { ReadProtection, WriteProtection } from './protection.ts';
import { ReadEpoch } from './read-epoch.ts';
import { hmacOf } from './record-mac.ts';
import { WriteEpoch } from './write-epoch.ts';

const id = Buffer.from('a1b2c3', 'hex');
const secret = Buffer.alloc(16, 1);
const salt = Buffer.alloc(4, 2);
const gcm = () => new Aead12(cipherOf('AESGCM(128)') as AeadCipher, secret, salt);
const cbc = (encryptThenMac: boolean) => {
  const mac = hmacOf('sha256', secret, 32);
  return new Cbc({
    cipher: cipherOf('AES(128)') as CbcCipher,
    key: secret,
    mac,
    encryptThenMac,
    ssl3: false,
    random: randomBytes,
  });
};
/** RFC 9146 section 5: what all three computations begin with, in the first record of epoch 1. */
const authenticated = Buffer.concat([
  Buffer.from('ffffffffffffffff1903', 'hex'),
  Buffer.from('19fefd0001000000000000', 'hex'),
  id,
]);
const inner = Buffer.concat([Buffer.from('hello'), Uint8Array.of(23)]);

test('an AEAD authenticates the id and the length of what is inside', () => {
  const record = sealed(gcm());
  assert.match(Buffer.from(record.header).toString('hex'), /^19fefd0001000000000000a1b2c3/);
  const nonce = record.body.subarray(0, 8);
  const cipher = createCipheriv('aes-128-gcm', secret, Buffer.concat([salt, nonce]), { authTagLength: 16 });
  cipher.setAAD(Buffer.concat([authenticated, Uint8Array.of(0, inner.length)]));
  const expected = Buffer.concat([nonce, cipher.update(inner), cipher.final(), cipher.getAuthTag()]);
  assert.deepEqual(Buffer.from(record.body), expected);
});

test('a MAC under the encryption is over the inner plaintext', () => {
  const mac = macOf(Uint8Array.of(0, inner.length), inner);
  const record = sealed(cbc(false));
  const padding = 16 - ((inner.length + mac.length) % 16);
  const plain = Buffer.concat([inner, mac, Buffer.alloc(padding, padding - 1)]);
  assert.deepEqual(Buffer.from(record.body), encrypted(record, plain));
});

test('a MAC behind the encryption is over the length of IV and ciphertext, and both', () => {
  const record = sealed(cbc(true));
  const body = encrypted(record, Buffer.concat([inner, Buffer.alloc(10, 9)]));
  assert.deepEqual(Buffer.from(record.body), Buffer.concat([body, macOf(Uint8Array.of(0, body.length), body)]));
});

for (const [name, make] of Object.entries({ GCM: gcm, CBC: () => cbc(false), 'encrypt-then-MAC': () => cbc(true) })) {
  test(`${name}: a record opens with its own id and no other, and without one not at all`, () => {
    const record = sealed(make());
    assert.deepEqual(opened(make(), record), { type: 23, text: 'hello', isNewest: true });
    assert.equal(opened(make(), { ...record, connectionId: Buffer.from('a1b2c4', 'hex') }), undefined);
    assert.equal(opened(make(), { ...record, connectionId: undefined, type: 23 }), undefined);
    assert.equal(opened(make(), record, Buffer.alloc(0)), undefined);
    assert.equal(opened(make(), record, Buffer.from('a1b2', 'hex')), undefined);
  });
}

test('zeros behind the type are padding, and nothing but zeros is no record', () => {
  const openedWith = (content: Uint8Array) => {
    const numbered = { version: 0xfefd, epoch: 1, sequence: 0, connectionId: id };
    const body = Buffer.concat(gcm().seal({ ...numbered, type: 25, content }));
    return opened(gcm(), { ...numbered, type: 25, header: new Uint8Array(16), body });
  };
  assert.deepEqual(openedWith(Buffer.from('6869160000', 'hex')), { type: 22, text: 'hi', isNewest: true });
  assert.equal(openedWith(Buffer.alloc(5)), undefined);
  assert.equal(openedWith(Buffer.alloc(0)), undefined);
  assert.equal(openedWith(Buffer.alloc(16385, 1)), undefined);
});

test('only a number above all before is the newest', () => {
  const writing = WriteEpoch.first().next(gcm(), id);
  const reading = new ReadEpoch();
  reading.use(gcm(), id);
  const [first, second, third] = [1, 2, 3].map(() => recordsOf(writing.seal(23, 0xfefd, inner), id.length)[0]);
  assert.ok(first && second && third);
  const newest = [second, first, third].map((record) => reading.open(record)?.isNewest);
  assert.deepEqual(newest, [true, false, true]);
});

test('a datagram with ids of ours is taken apart, and never more is read than there is', () => {
  const record = Buffer.from(sealedBytes(gcm()));
  assert.equal(recordsOf(Buffer.concat([record, record]), id.length).length, 2);
  assert.deepEqual(idIn(record, id.length), id);
  assert.equal(idIn(record.subarray(0, 13), id.length), undefined);
  assert.equal(idIn(record, 0), undefined);
  assert.deepEqual(recordsOf(record, 0), []);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 20 }), (bytes, length) => {
      const datagram = Buffer.concat([Uint8Array.of(25), bytes]);
      for (const { connectionId } of recordsOf(datagram, length)) assert.equal(connectionId?.length ?? length, length);
    }),
  );
});

function sealedBytes(protection: WriteProtection): Uint8Array {
  return WriteEpoch.first().next(protection, id).seal(23, 0xfefd, Buffer.from('hello'));
}

function sealed(protection: WriteProtection): DatagramRecord {
  const [record] = recordsOf(sealedBytes(protection), id.length);
  assert.ok(record);
  return record;
}

function opened(protection: ReadProtection, record: DatagramRecord, expected: Uint8Array = id) {
  const reading = new ReadEpoch();
  reading.use(protection, expected);
  const found = reading.open(record);
  return found && { type: found.type, text: Buffer.from(found.content).toString(), isNewest: found.isNewest };
}

function macOf(length: Uint8Array, bytes: Uint8Array): Buffer {
  return createHmac('sha256', secret)
    .update(Buffer.concat([authenticated, length, bytes]))
    .digest();
}

/** With the IV of the record, which stands in front. */
function encrypted({ body }: DatagramRecord, plain: Uint8Array): Buffer {
  const iv = body.subarray(0, 16);
  const cipher = createCipheriv('aes-128-cbc', secret, iv).setAutoPadding(false);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]);
}
