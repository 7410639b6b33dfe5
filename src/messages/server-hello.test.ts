import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { downgradeToTls11, downgradeToTls12, helloRetryRequestRandom } from './server-hello.ts';

test('the random value of a retry is the hash of its name', () => {
  const hash = createHash('sha256').update('HelloRetryRequest').digest();
  assert.deepEqual(Buffer.from(helloRetryRequestRandom), hash);
});

test('the two marks of a downgrade differ in their last byte', () => {
  assert.deepEqual([...downgradeToTls12], [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, 1]);
  assert.deepEqual([...downgradeToTls11], [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, 0]);
});
