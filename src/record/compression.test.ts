import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { Problem } from '../names/problems.ts';
import { DeflatedWriting, InflatedReading } from './compression.ts';
import { plain } from './plain.ts';

const facts = { type: 23, version: 0x0303, epoch: 0, sequence: 0, header: new Uint8Array(5) };

test('what is deflated record by record comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 8 }), (contents) => {
      const [writing, reading] = [new DeflatedWriting(plain), new InflatedReading(plain)];
      for (const content of contents) {
        const body = Buffer.concat(writing.seal({ ...facts, content }));
        assert.deepEqual(Buffer.from(reading.open({ ...facts, body })?.content ?? []), Buffer.from(content));
      }
    }),
    { numRuns: 50 },
  );
});

test('records that refer to the text before them are read', () => {
  const text = Buffer.from('the same words over and over; '.repeat(40));
  const first = deflateSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
  const reading = new InflatedReading(plain);
  assert.deepEqual(Buffer.from(reading.open({ ...facts, body: first })?.content ?? []), text);
  const back = deflateSync(text, { finishFlush: constants.Z_SYNC_FLUSH, dictionary: text });
  // Without the header of a stream with a dictionary.
  const body = back.subarray(6);
  assert.deepEqual(Buffer.from(reading.open({ ...facts, body })?.content ?? []), text);
});

test('what inflates to more than a record may hold is refused, and so is what is no DEFLATE', () => {
  const bomb = deflateSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_SYNC_FLUSH });
  for (const body of [bomb, Buffer.from('no zlib'), Buffer.of(0x78, 0x9c, 0xff, 0xff), Buffer.alloc(0)]) {
    const reading = new InflatedReading(plain);
    assert.throws(
      () => reading.open({ ...facts, body }),
      (error) => error instanceof Problem && error.alert === 'decompression_failure',
    );
  }
  const long = Buffer.alloc(16384 + 1025);
  assert.throws(() => new InflatedReading(plain).open({ ...facts, body: long }), /compressed length too long/);
});
