import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../names/problems.ts';
import { errorOfTrouble, type TlsError } from './tls-error.ts';

test('a broken rule has the code that OpenSSL and Node give it', () => {
  const problem = new Problem('noApplicationProtocol', 'where');
  const error = errorOfTrouble({ how: 'failed', problem }) as TlsError;
  assert.equal(error.code, 'ERR_SSL_NO_APPLICATION_PROTOCOL');
  assert.equal(error.alert, 'no_application_protocol');
  assert.equal(error.problem, 'noApplicationProtocol');
  assert.equal(error.cause, problem);
});

test("an error of the system and what the application's own code has thrown are handed on", () => {
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  assert.equal(errorOfTrouble({ how: 'lost', error: reset }), reset);
  assert.equal(errorOfTrouble({ how: 'crashed', error: reset }), reset);
});

test('a transport that is simply gone is a reset connection', () => {
  const error = errorOfTrouble({ how: 'lost', error: new Error('the transport was closed') });
  assert.equal((error as TlsError).code, 'ECONNRESET');
});

test('time-outs are told apart', () => {
  const codes = (['handshake', 'conversation'] as const).map(
    (during) => (errorOfTrouble({ how: 'timedOut', during }) as TlsError).code,
  );
  assert.deepEqual(codes, ['ERR_TLS_HANDSHAKE_TIMEOUT', 'ERR_SERVERHELLO_IDLE_TIMEOUT']);
});
