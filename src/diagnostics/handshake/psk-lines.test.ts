import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pskLines } from './psk-lines.ts';

test('looking for a key is told step by step', () => {
  let text = '';
  const watcher = pskLines((line) => {
    text += line;
  });
  watcher.note?.('pskWanted', { identity: 'Client_identity', known: true });
  watcher.note?.('pskFetched', { keyLength: 2 });
  watcher.note?.('pskWanted', { known: false });
  assert.equal(
    text,
    'psk_server_cb\nidentity_len=15 identity=Client_identity\nPSK client identity found\nfetched PSK len=2\npsk_server_cb\n',
  );
});
