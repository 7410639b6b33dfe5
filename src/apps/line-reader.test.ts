import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { latin1 } from '../bytes/hex.ts';
import { LineReader } from './line-reader.ts';

test('lines are the same however the stream is split', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }).map((it) => it.map((byte) => (byte % 5 === 0 ? 10 : byte))));
  fc.assert(
    fc.property(pieces, (chunks) => {
      const whole = new LineReader();
      const split = new LineReader();
      const expected = [...whole.push(Buffer.concat(chunks)), whole.end()].map(latin1);
      const lines = chunks.flatMap((it) => [...split.push(it)]);
      assert.deepEqual([...lines, split.end()].map(latin1), expected);
    }),
  );
});

test('a line without end comes in pieces of bounded size', () => {
  const reader = new LineReader();
  const sizes: number[] = [];
  for (let i = 0; i < 10; i++) for (const line of reader.push(Buffer.alloc(5000, 'x'))) sizes.push(line.length);
  assert.deepEqual(sizes, [16382, 16382, 16382]);
  assert.equal(reader.end().length, 50_000 - 3 * 16382);
  assert.equal(reader.end().length, 0);
});
