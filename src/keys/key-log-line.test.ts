import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyLogLine } from './key-log-line.ts';

test('a secret is a line of label, random of the client and secret', () => {
  const line = keyLogLine('CLIENT_RANDOM', Uint8Array.of(0, 0xab), Uint8Array.of(1, 2, 3));
  assert.equal(line, 'CLIENT_RANDOM 00ab 010203\n');
});
