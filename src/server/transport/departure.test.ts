import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Departure } from './departure.ts';

test('who asked before and who asks later is told that the client has left', () => {
  const departure = new Departure();
  const before = departure.signal();
  assert.ok(!before.aborted);
  assert.equal(departure.signal(), before);
  departure.abort();
  departure.abort();
  assert.deepEqual([before.aborted, departure.signal().aborted], [true, true]);
});
