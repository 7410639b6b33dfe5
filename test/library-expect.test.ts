import assert, { AssertionError } from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { createServer, TlsError, testServer } from '../src/index.ts';
import { certificateFiles } from './certificates.ts';
import { installed, run } from './clients.ts';
import { connected, reaching } from './served-connections.ts';

/* Verdicts of the library about its clients. */

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** The message of the assertion that fails. */
async function message(verdict: Promise<void>): Promise<string> {
  const error: unknown = await verdict.then(
    () => assert.fail('all was as expected'),
    (it: unknown) => it,
  );
  assert.ok(error instanceof AssertionError);
  return error.message;
}

test('a client that is as expected is no failure, also while its connection stays open', async () => {
  await using server = await testServer({ ALPNProtocols: ['h2'] });
  const verdict = server.expect('tls=1.3,alpn=h2,sni=localhost,not:retry');
  const client = await connected(server, { ALPNProtocols: ['h2'] });
  await verdict;
  client.destroy();
});

test('what is not as expected is told, with what was seen', async () => {
  await using server = await testServer();
  const verdict = message(server.expect(['tls=1.3', 'sni=localhost', 'alpn=h2']));
  const client = await connected(server, { maxVersion: 'TLSv1.2' });
  assert.deepEqual((await verdict).split('\n'), [
    'expected tls=1.3, seen TLS 1.2 by connection 1',
    'expected alpn=h2, seen none by connection 1',
  ]);
  client.destroy();
});

test('terms that look further wait for the end of the connection', async () => {
  await using server = await testServer();
  server.server.on('secureConnection', (socket) => socket.resume());
  const met = server.expect('close-notify');
  const client = await connected(server, {});
  let isOver = false;
  void met.then(() => {
    isOver = true;
  });
  await server.next();
  assert.equal(isOver, false);
  client.end();
  await met;
});

test('a handshake that fails is a surprise, unless a term is about that', async () => {
  await using server = await testServer({ minVersion: 'TLSv1.3' });
  const failing = () => connect({ ...reaching(server), maxVersion: 'TLSv1.2' }).on('error', () => {});
  const surprise = message(server.expect('offers-tls=1.2'));
  failing();
  assert.match(await surprise, /^the handshake of connection 1 failed: unsupported protocol$/);
  const expected = server.expect('failed=unsupportedProtocol,sent=protocol_version');
  failing();
  await expected;
});

test('as many clients are awaited as the terms need', async () => {
  await using server = await testServer();
  const verdict = server.expect('1:sni=localhost,2:not:sni');
  for (const servername of ['localhost', '']) {
    const client = connect({ ...reaching(server), servername, checkServerIdentity: () => undefined });
    await once(client, 'secureConnect');
    await server.next();
    client.destroy();
  }
  await verdict;
});

test('nobody in time, a closed server and a signal end the wait', async () => {
  const server = await testServer();
  assert.equal(await message(server.expect('tls=1.3', { timeout: 20 })), 'no client came within 0.02 s');
  await server.expect('connections=0', { timeout: 20 });
  const stopped = new Error('stopped');
  const controller = new AbortController();
  const verdict = server.expect('tls=1.3', { signal: controller.signal });
  controller.abort(stopped);
  await assert.rejects(verdict, stopped);
  await assert.rejects(server.expect('tls=1.3', { signal: controller.signal }), stopped);
  const closed = message(server.expect('tls=1.3'));
  await server.close();
  assert.equal(await closed, 'no client came: the server was closed');
  assert.equal(server.server.listenerCount('fact'), 0);
});

test('terms that make no sense are refused', async () => {
  await using server = await testServer();
  for (const [terms, refusal] of [
    ['tsl=1.3', /^expect: "tsl=1.3": no term is called "tsl": did you mean tls/],
    [['tls=1.3', 'tls=1.2'], /^expect: "tls=1.2" contradicts "tls=1.3"$/],
    ['http=GET /', /^expect: "http=GET \/": requests are known to the application, not to the server$/],
  ] as const) {
    await assert.rejects(
      server.expect(terms),
      (error: unknown) => error instanceof TlsError && refusal.test(error.message),
    );
  }
  await assert.rejects(server.expect('tls=1.3', { timeout: 0 }), /^TlsError.*timeout: not an integer from 1 to /);
});

test('clients over datagrams are judged too', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'P-256');
  const files = { cert: readFileSync(certificate), key: readFileSync(key) };
  const server = createServer({ datagrams: true, ...files, goodbyeSilence: 20 });
  t.after(() => server.close());
  server.on('secureConnection', (socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const verdict = server.expect('tls=1.2,offers-tls=1.2,group=x25519');
  await run('openssl', ['s_client', '-connect', `127.0.0.1:${server.address()?.port}`, '-dtls1_2']);
  await verdict;
});
