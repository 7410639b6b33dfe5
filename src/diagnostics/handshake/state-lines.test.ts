import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateLines } from './state-lines.ts';

test('every step and every alert is a line', () => {
  const lines: string[] = [];
  const states = stateLines((text) => lines.push(text));
  states.state?.('accept', 'SSLv3/TLS read client hello');
  states.blocked();
  states.alert?.('write', 2, 40);
  states.alert?.('read', 1, 0);
  states.alert?.('read', 7, 200);
  states.state?.('error', 'error');
  assert.deepEqual(lines, [
    'SSL_accept:SSLv3/TLS read client hello\n',
    'SSL_accept:error in SSLv3/TLS read client hello\n',
    'SSL3 alert write:fatal:handshake failure\n',
    'SSL3 alert read:warning:close notify\n',
    'SSL3 alert read:unknown:unknown\n',
    'SSL_accept:error in error\n',
  ]);
});
