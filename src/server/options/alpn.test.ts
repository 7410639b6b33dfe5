import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alpnFrom } from './alpn.ts';

test('protocols come as names or in the form of the wire', () => {
  assert.deepEqual(alpnFrom({ ALPNProtocols: ['h2', 'x'] }), { alpn: ['h2', 'x'] });
  assert.deepEqual(alpnFrom({ ALPNProtocols: Buffer.from('\x02h2\x01x') }), { alpn: ['h2', 'x'] });
  assert.deepEqual(alpnFrom({ ALPNProtocols: [] }), { alpn: [] });
  assert.deepEqual(alpnFrom({}), { alpn: [] });
});

test('a list that does not come out even is refused', () => {
  for (const text of ['\x02h', '\x00', '\x02h2\x05x'])
    assert.throws(() => alpnFrom({ ALPNProtocols: Buffer.from(text) }), { code: 'ERR_SERVERHELLO_INVALID_OPTION' });
  assert.throws(() => alpnFrom({ ALPNProtocols: ['x'.repeat(256)] }), { code: 'ERR_SERVERHELLO_INVALID_OPTION' });
});

test('what a callback throws, at once or later, is an answer that failed', async () => {
  const failure = new Error('no');
  const at = alpnFrom({
    ALPNCallback: () => {
      throw failure;
    },
  });
  const later = alpnFrom({ ALPNCallback: () => Promise.reject(failure) });
  for (const { chooseAlpn } of [at, later])
    await assert.rejects(async () => chooseAlpn?.({ protocols: ['a'], serverName: undefined }), failure);
});
