import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gathered } from './gathered-writes.ts';

test('neighbours are joined as long as they fit into one record, in their order', () => {
  const chunks = [1, 2, 16384, 10, 16374, 1, 20000, 5].map((length, index) => new Uint8Array(length).fill(index));
  const joined = gathered(chunks);
  assert.deepEqual(
    joined.map(({ length }) => length),
    [3, 16384, 16384, 1, 20000, 5],
  );
  assert.deepEqual(Buffer.concat(joined), Buffer.concat(chunks));
});

test('a chunk that stays alone is not copied', () => {
  const chunk = new Uint8Array(3);
  assert.equal(gathered([chunk])[0], chunk);
  assert.deepEqual(gathered([]), []);
});
