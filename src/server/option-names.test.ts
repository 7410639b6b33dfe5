import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSecureContext } from './create-secure-context.ts';
import { checkContextOptions, checkDatagramOptions, checkServerOptions } from './option-names.ts';
import { Server } from './server.ts';
import { testServer } from './test-server.ts';

const invalid = (message: string) => ({ code: 'ERR_SERVERHELLO_INVALID_OPTION', message });

test('an option that does not exist is told with the one that it resembles', async () => {
  const options: object = { reqestCert: true };
  const refusal = invalid('reqestCert is no option here, did you mean requestCert?');
  assert.throws(() => checkServerOptions(options), refusal);
  assert.throws(() => new Server(options), refusal);
  await assert.rejects(testServer(options), refusal);
  const forContext: object = { certs: 'x' };
  assert.throws(() => createSecureContext(forContext), invalid('certs is no option here, did you mean cert?'));
  assert.throws(() => checkServerOptions({ colour: 'red' }), invalid('colour is no option here'));
});

test('an option of the other kind of server is told as such', () => {
  assert.throws(() => checkServerOptions({ mtu: 1400 }), invalid('mtu is an option for datagrams: true'));
  assert.throws(() => checkDatagramOptions({ keepAlive: true }), invalid('keepAlive has no meaning on datagrams'));
  assert.throws(() => checkContextOptions({ requestCert: true }), { code: 'ERR_SERVERHELLO_INVALID_OPTION' });
});

test('an option that is undefined asks for nothing', () => {
  checkServerOptions({ colour: undefined, cert: undefined });
});
