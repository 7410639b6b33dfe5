import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AeadCipher, cipherOf } from '../crypto/ciphers.ts';
import { Aead12 } from './aead12.ts';
import { datagramHeader, recordsOf } from './datagram-record.ts';
import { ReadEpoch } from './read-epoch.ts';
import { WriteEpoch } from './write-epoch.ts';

const record = fc.record({
  type: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constant(25)),
  version: fc.integer({ min: 0, max: 0xffff }),
  epoch: fc.integer({ min: 0, max: 0xffff }),
  sequence: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  body: fc.uint8Array({ maxLength: 60 }),
});
const id = Buffer.from('c1d0c1d0c1', 'hex');
/** Only records of this type have a connection id. */
const tls12Cid = 25;

test('the records of a datagram come back as they were put in', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 5 }), (them) => {
      const records = them.map((it) => ({ ...it, connectionId: it.type === tls12Cid ? id : undefined }));
      const parts = records.flatMap((it) => [datagramHeader(it, it.body.length), it.body]);
      const found = recordsOf(Buffer.concat(parts), id.length).map(({ header: _, body, ...it }) => ({
        ...it,
        body: [...body],
      }));
      assert.deepEqual(
        found,
        records.map((it) => ({ ...it, body: [...it.body] })),
      );
    }),
  );
});

test('of a datagram that was cut all records but the last are there, and no bytes make it fail', () => {
  const whole = Buffer.concat([
    datagramHeader(first, 3),
    Buffer.from('abc'),
    datagramHeader(first, 4),
    Buffer.from('defg'),
  ]);
  for (let length = 0; length < whole.length; length++) {
    assert.equal(recordsOf(whole.subarray(0, length)).length, length < 16 ? 0 : 1);
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => recordsOf(bytes).length <= 7));
});

test('a record opens once, in its own epoch, and unchanged', () => {
  const cipher = cipherOf('AESGCM(128)') as AeadCipher;
  const protection = new Aead12(cipher, new Uint8Array(16), new Uint8Array(4));
  const [writing, reading] = [WriteEpoch.first().next(protection), new ReadEpoch()];
  const [sealed] = recordsOf(writing.seal(23, 0xfefd, Buffer.from('hello')));
  assert.ok(sealed);
  assert.equal(reading.open(sealed), undefined);
  reading.use(protection);
  const changed = Uint8Array.from(sealed.body);
  changed[9] = (changed[9] ?? 0) ^ 1;
  assert.equal(reading.open({ ...sealed, body: changed }), undefined);
  assert.equal(reading.open({ ...sealed, sequence: 1 }), undefined);
  assert.equal(Buffer.from(reading.open(sealed)?.content ?? []).toString(), 'hello');
  assert.equal(reading.open(sealed), undefined);
});

const first = { type: 22, version: 0xfefd, epoch: 0, sequence: 0 };
