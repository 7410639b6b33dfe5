import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitsFrom } from './server-options.ts';

test('limits that are not given keep their defaults', () => {
  assert.deepEqual(limitsFrom({}), {});
  assert.deepEqual(limitsFrom({ idleTimeout: 0, handshakeTimeout: 50, goodbyeSilence: undefined }), {
    idleTimeout: 0,
    handshakeTimeout: 50,
  });
});

test('a limit that a timer cannot keep is refused', () => {
  const isRefusal = { code: 'ERR_SERVERHELLO_INVALID_OPTION' };
  for (const time of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
    assert.throws(() => limitsFrom({ handshakeTimeout: time }), isRefusal);
    assert.throws(() => limitsFrom({ goodbyeTimeout: time }), isRefusal);
  }
});
