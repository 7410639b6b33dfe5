import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ContentType } from '../names/content-types.ts';
import { Version } from '../names/versions.ts';
import { ReadHalf } from '../record/read-half.ts';
import { StreamDepartures } from './stream-departures.ts';

/** Departures without protection: what was sent, a buffer a flight, and what was told. */
function departing(maxSendFragment = 16_384) {
  const sent: Buffer[] = [];
  const told: string[] = [];
  const departures = new StreamDepartures({
    readHalf: new ReadHalf(),
    maxSendFragment,
    tell: {
      message: (way, type, version, bytes) => told.push(`${way} message ${type} ${version} ${bytes.length}`),
      record: (way, header, type) => told.push(`${way} record ${type} ${Buffer.from(header).readUInt16BE(3)}`),
      write: (bytes) => told.push(`write ${bytes.length}`),
    },
    toPeer: (parts) => sent.push(Buffer.concat(parts)),
  });
  return { departures, sent, told };
}

/** The content of each record, and its version. */
function recordsIn(bytes: Buffer): { type: number; version: number; content: Buffer }[] {
  const records = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    records.push({
      type: bytes[at] ?? 0,
      version: bytes.readUInt16BE(at + 1),
      content: bytes.subarray(at + 5, end),
    });
    at = end;
  }
  return records;
}

test('the messages of a flight leave together, when it ends', () => {
  const { departures, sent, told } = departing();
  departures.message(ContentType.handshake, Version['TLSv1.2'], Uint8Array.of(2, 0, 0, 1, 9));
  departures.signal(ContentType.changeCipherSpec, Version['TLSv1.2'], Uint8Array.of(1));
  assert.equal(sent.length, 0);
  departures.flush();
  departures.flush();
  assert.deepEqual(
    sent.map((it) => it.toString('hex')),
    ['16030300050200000109140303000101'],
  );
  assert.deepEqual(told, [
    'write record 22 5',
    'write message 22 771 5',
    'write record 20 1',
    'write message 20 771 1',
    'write 16',
  ]);
});

test('content of its own comes behind what is left of a flight, at once', () => {
  const { departures, sent } = departing();
  departures.message(ContentType.handshake, Version['TLSv1.2'], Uint8Array.of(14, 0, 0, 0));
  departures.content(ContentType.alert, Version['TLSv1.2'], Uint8Array.of(2, 40));
  assert.deepEqual(
    sent.map((it) => recordsIn(it).map(({ type }) => type)),
    [[ContentType.handshake, ContentType.alert]],
  );
});

test('records of TLS 1.3 have the version of TLS 1.2 (RFC 9846 section 5.1)', () => {
  const { departures, sent } = departing();
  departures.content(ContentType.applicationData, Version['TLSv1.3'], Uint8Array.of(1));
  assert.deepEqual(recordsIn(sent[0] ?? Buffer.alloc(0))[0]?.version, Version['TLSv1.2']);
});

test('however much is sent, records keep to the smaller limit and join to the same bytes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 5000 }),
      fc.integer({ min: 512, max: 16_384 }),
      fc.integer({ min: 64, max: 16_384 }),
      (content, ours, theirs) => {
        const { departures, sent } = departing(ours);
        departures.limitFragments(theirs);
        departures.content(ContentType.applicationData, Version['TLSv1.2'], content);
        const records = recordsIn(Buffer.concat(sent));
        assert.ok(records.every((it) => it.content.length <= Math.min(ours, theirs)));
        assert.deepEqual(Buffer.concat(records.map((it) => it.content)), Buffer.from(content));
      },
    ),
    { numRuns: 100 },
  );
});
