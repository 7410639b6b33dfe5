import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteQueue } from './byte-queue.ts';

test('pieces come out as they went in, however the chunks are cut', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 });
  const sizes = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 });
  fc.assert(
    fc.property(chunks, sizes, (parts, wanted) => {
      const queue = new ByteQueue();
      const all = Buffer.concat(parts);
      const waiting = [...parts];
      let at = 0;
      for (const size of wanted) {
        let piece = queue.take(size);
        while (piece === undefined && waiting.length > 0) {
          queue.push(waiting.shift() ?? new Uint8Array(0));
          piece = queue.take(size);
        }
        if (piece === undefined) return;
        assert.deepEqual(Buffer.from(piece), all.subarray(at, at + size));
        at += size;
      }
    }),
  );
});

test('it is empty only when nothing is left, half a piece included', () => {
  const queue = new ByteQueue();
  assert.equal(queue.empty, true);
  queue.push(Uint8Array.of(1, 2));
  assert.equal(queue.take(3), undefined);
  assert.equal(queue.empty, false);
  queue.push(Uint8Array.of(3));
  assert.deepEqual(queue.take(3), Uint8Array.of(1, 2, 3));
  assert.equal(queue.empty, true);
});
