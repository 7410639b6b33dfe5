import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Departure } from './departure.ts';

test('a client that can send nothing more has ended, and its transport is not closed', () => {
  const departure = new Departure();
  const before = { ended: departure.signal('ended'), closed: departure.signal('closed') };
  departure.tell('ended');
  assert.deepEqual([before.ended.aborted, before.closed.aborted], [true, false]);
  assert.deepEqual([departure.signal('ended').aborted, departure.signal('closed').aborted], [true, false]);
});

test('what is closed has ended too', () => {
  const departure = new Departure();
  const before = [departure.signal('ended'), departure.signal('closed')];
  departure.tell('closed');
  assert.deepEqual(
    [...before, departure.signal('ended'), departure.signal('closed')].map(({ aborted }) => aborted),
    [true, true, true, true],
  );
});

test('everybody who asks gets the same signal', () => {
  const departure = new Departure();
  assert.equal(departure.signal('closed'), departure.signal('closed'));
});
