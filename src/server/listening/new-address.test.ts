import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NewAddress } from './new-address.ts';

test('an address gets three times what came from it', () => {
  const address = new NewAddress();
  assert.equal(address.maySend(1), false);
  address.received(100);
  assert.equal(address.maySend(200), true);
  assert.equal(address.maySend(101), false);
  assert.equal(address.maySend(100), true);
  assert.equal(address.maySend(1), false);
});

test('an answer to what was sent proves it, and nothing else does', () => {
  const address = new NewAddress();
  address.received(10);
  address.received(10);
  assert.equal(address.isProven, false);
  assert.equal(address.maySend(61), false);
  assert.equal(address.maySend(60), true);
  address.received(1);
  assert.equal(address.isProven, true);
  assert.equal(address.maySend(1_000_000), true);
});
