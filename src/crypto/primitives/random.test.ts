import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from '../../bytes/hex.ts';
import { randomBytes } from './random.ts';

test('every size is served, and nothing comes twice', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 1000; i++) {
    const bytes = randomBytes(16 + (i % 64));
    assert.equal(bytes.length, 16 + (i % 64));
    seen.add(hex(bytes.subarray(0, 16)));
  }
  assert.equal(seen.size, 1000);
});

test('what was given out is in no memory that others share', () => {
  const one = randomBytes(32);
  const two = randomBytes(32);
  assert.notEqual(one.buffer, two.buffer);
  assert.equal(one.buffer.byteLength, 32);
});
