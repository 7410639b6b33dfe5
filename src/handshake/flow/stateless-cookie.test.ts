import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieKeys } from './stateless-cookie.ts';

const seconds = 1000;

/** Keys that differ in their first byte. */
function counted(): CookieKeys {
  let count = 0;
  return new CookieKeys((length) => new Uint8Array(length).fill(++count));
}

function numbers(keys: readonly Uint8Array[]): (number | undefined)[] {
  return keys.map(([first]) => first);
}

test('a key is followed by another after ten minutes, and stays good for the cookies that it made', () => {
  const keys = counted();
  assert.deepEqual(numbers(keys.at(0)), [1]);
  assert.deepEqual(numbers(keys.at(599 * seconds)), [1]);
  assert.deepEqual(numbers(keys.at(600 * seconds)), [2, 1]);
  assert.deepEqual(numbers(keys.at(1200 * seconds)), [3, 2]);
});

test('a key that nobody asked for meanwhile is no good for cookies of long ago', () => {
  const keys = counted();
  keys.at(0);
  assert.deepEqual(numbers(keys.at(1200 * seconds)), [2]);
});
