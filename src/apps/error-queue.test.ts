import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorQueue } from './error-queue.ts';

test('what the handshake leaves is in the queue until it is taken', () => {
  const queue = new ErrorQueue();
  const line = { library: 57, reason: 222, text: 'search only supported for directories', function: 'f' };
  queue.observer.note?.('clientVerified', { result: 18, left: [line] });
  queue.observer.note?.('sessionStored', {});
  queue.add('another\n');
  assert.equal(queue.verifyResult, 18);
  assert.match(
    queue.take(),
    /^.*:error:1C8000DE:Provider routines:f:search only supported for directories:.*\nanother\n$/,
  );
  assert.equal(queue.take(), '');
});
