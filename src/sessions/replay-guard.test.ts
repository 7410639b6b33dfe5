import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReplayGuard } from './replay-guard.ts';

const one = Uint8Array.of(1);
const two = Uint8Array.of(2);
const three = Uint8Array.of(3);

test('a name is used once within the window', () => {
  const guard = new ReplayGuard({ capacity: 10, window: 100 });
  assert.equal(guard.firstUse(one, 0), true);
  assert.equal(guard.firstUse(one, 100), false);
  assert.equal(guard.firstUse(two, 100), true);
  assert.equal(guard.firstUse(one, 101), true);
});

test('a full guard lets nothing through until something is old', () => {
  const guard = new ReplayGuard({ capacity: 2, window: 100 });
  guard.firstUse(one, 0);
  guard.firstUse(two, 50);
  assert.equal(guard.firstUse(three, 60), false);
  assert.equal(guard.size, 2);
  assert.equal(guard.firstUse(three, 101), true);
  assert.equal(guard.firstUse(two, 101), false);
});
