import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aead } from '../crypto/aead.ts';
import { type AeadCipher, cipherOf } from '../crypto/ciphers.ts';
import { Problem, type ProblemName } from '../names/problems.ts';
import { Aead13 } from './aead13.ts';
import { ReadHalf } from './read-half.ts';
import { RecordReader } from './record-reader.ts';

const start = { recordVersion: undefined, firstHandshake: true };

test('a record is whole only with its last byte', () => {
  const reader = new RecordReader(new ReadHalf());
  const record = Buffer.from('1603010003010203', 'hex');
  for (const byte of record.subarray(0, -1)) {
    reader.push(Uint8Array.of(byte));
    assert.equal(take(reader), undefined);
  }
  reader.push(record.subarray(-1));
  const { type, content } = take(reader) ?? {};
  assert.equal(type, 22);
  assert.deepEqual(Buffer.from(content ?? []), Buffer.of(1, 2, 3));
  assert.equal(reader.drained, true);
});

const first: readonly (readonly [bytes: string, problem: ProblemName, alert: string | undefined])[] = [
  ['GET / HTTP/1.0', 'httpRequest', undefined],
  ['POST /x', 'httpRequest', undefined],
  ['HEAD /x', 'httpRequest', undefined],
  ['PUT /x', 'httpRequest', undefined],
  ['CONNECT a:1', 'httpsProxyRequest', undefined],
  ['hello', 'wrongVersionNumber', undefined],
  ['\x16\x05\x05\x00\x01', 'wrongVersionNumber', undefined],
  ['\x16\x03\x01\x49\x01', 'packetLengthTooLong', 'record_overflow'],
];

for (const [bytes, problem, alert] of first) {
  test(`a conversation that begins with ${JSON.stringify(bytes)} is told as ${problem}`, () => {
    const reader = new RecordReader(new ReadHalf());
    reader.push(Buffer.from(bytes, 'latin1'));
    assert.throws(
      () => take(reader),
      (error) => error instanceof Problem && error.problem === problem && error.alert === alert,
    );
  });
}

test('later records keep the version that was agreed on', () => {
  const reader = new RecordReader(new ReadHalf());
  reader.push(Buffer.from('16030100010a' + '16030200010a', 'hex'));
  take(reader);
  assert.throws(
    () => reader.nextHeader({ recordVersion: 0x0303, firstHandshake: true }),
    (error) => error instanceof Problem && error.problem === 'wrongVersionNumber' && error.alert === 'protocol_version',
  );
});

test('empty records are counted, and too many in a row are refused', () => {
  const reader = new RecordReader(new ReadHalf());
  reader.push(Buffer.from('1603030000'.repeat(33), 'hex'));
  for (let i = 0; i < 32; i++) assert.equal(take(reader)?.content.length, 0);
  assert.throws(
    () => take(reader),
    (error) => error instanceof Problem && error.problem === 'recordTooSmall',
  );
});

function take(reader: RecordReader) {
  const header = reader.nextHeader(start);
  const record = header && reader.next(header);
  return record && reader.open(record, start);
}

/** A TLS 1.3 record under all-zero keys, with `version` in its header. */
function hidden(content: Uint8Array, padding: number, version = 0x0303): { reader: RecordReader } {
  const cipher = cipherOf('AESGCM(128)') as AeadCipher;
  const keys = [cipher, Buffer.alloc(cipher.keyLength), Buffer.alloc(12)] as const;
  const inner = Buffer.concat([content, Uint8Array.of(23), Buffer.alloc(padding)]);
  const length = inner.length + cipher.tagLength;
  const header = Uint8Array.of(23, version >>> 8, version, length >>> 8, length);
  const sealed = new Aead(cipher, keys[1]).sealParts(keys[2], header, inner);
  const half = new ReadHalf();
  half.use(new Aead13(...keys));
  const reader = new RecordReader(half);
  reader.push(Buffer.concat([header, ...sealed]));
  return { reader };
}

test('padding counts to the length of a record, and a full record is the most', () => {
  assert.equal(take(hidden(Buffer.alloc(10), 16374).reader)?.content.length, 10);
  const { reader } = hidden(Buffer.alloc(10), 16375);
  assert.throws(
    () => take(reader),
    (error) => error instanceof Problem && error.problem === 'dataLengthTooLong' && error.alert === 'record_overflow',
  );
});

test('padding counts to the limit that was agreed on', () => {
  const { reader } = hidden(Buffer.alloc(10), 90);
  reader.half.maxContent = 99;
  assert.throws(
    () => take(reader),
    (error) => error instanceof Problem && error.problem === 'dataLengthTooLong',
  );
});

test('under keys of TLS 1.3 the version of a record is ignored', () => {
  for (const version of [0x0000, 0x0301, 0x0304, 0xffff]) {
    assert.equal(take(hidden(Buffer.alloc(3), 0, version).reader)?.content.length, 3);
  }
});
