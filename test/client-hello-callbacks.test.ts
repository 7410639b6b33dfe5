import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { createSecureContext, createServer, type ReceivedHello, type TlsError, testServer } from '../src/index.ts';
import { certificateFiles } from './certificates.ts';
import { installed, run } from './clients.ts';
import type { Cleanup } from './program.ts';
import { connected, reaching } from './served-connections.ts';

/* What a library's application does about a ClientHello. */

const skip = installed('openssl') === undefined && 'openssl is not installed';
const unnamed = { checkServerIdentity: () => undefined, rejectUnauthorized: false } as const;

function contextOf(t: Cleanup, type: 'RSA' | 'Ed25519') {
  const { certificate, key } = certificateFiles(t, type);
  return createSecureContext({ cert: readFileSync(certificate), key: readFileSync(key) });
}

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${maxVersion}: clients are refused by their hello with an alert of the application's choice`, async () => {
    const shown: ReceivedHello[] = [];
    await using server = await testServer({
      clientHelloCallback: async (_socket, hello) => {
        shown.push(hello);
        return hello.alpnProtocols.includes('unwelcome') ? 'access_denied' : null;
      },
    });
    const client = await connected(server, { maxVersion, ALPNProtocols: ['welcome'] });
    const { socket, clientHello } = await server.next();
    assert.equal(socket.alpnProtocol, false);
    assert.deepEqual(shown[0]?.raw, clientHello?.raw);
    client.destroy();
    const refused = connect({ ...reaching(server), maxVersion, ALPNProtocols: ['unwelcome'] });
    const [told] = await once(refused, 'error');
    assert.equal(told.code, 'ERR_SSL_TLSV1_ALERT_ACCESS_DENIED');
    const error = (await server.next()).error as TlsError;
    assert.deepEqual(
      [error.code, error.alert, error.problem],
      ['ERR_SSL_CALLBACK_FAILED', 'access_denied', 'connectionRejected'],
    );
  });

  test(`${maxVersion}: the certificate depends on anything in the hello`, async (t) => {
    const challenge = contextOf(t, 'RSA');
    const named = contextOf(t, 'Ed25519');
    let asked = 0;
    await using server = await testServer({
      ALPNProtocols: ['acme-tls/1', 'h2'],
      certificateCallback: (_socket, { alpnProtocols }) => {
        asked++;
        return alpnProtocols.includes('acme-tls/1') ? challenge : null;
      },
    });
    server.server.addContext('named.example', named);
    const typed = async (protocol: string, servername = 'localhost') => {
      const client = await connected(server, { maxVersion, ALPNProtocols: [protocol], servername, ...unnamed });
      const type = client.getPeerX509Certificate()?.publicKey.asymmetricKeyType;
      client.destroy();
      return type;
    };
    assert.equal(await typed('h2'), 'ec');
    assert.equal(await typed('acme-tls/1'), 'rsa');
    assert.equal(await typed('h2', 'named.example'), 'ed25519');
    assert.equal(await typed('acme-tls/1', 'named.example'), 'rsa');
    assert.equal(asked, 4);
  });
}

test('what is no answer ends the handshake and is told', async () => {
  const others = [
    { clientHelloCallback: () => 'nonsense' as 'access_denied' },
    { certificateCallback: () => ({}) as never },
  ];
  for (const options of others) {
    await using server = await testServer(options);
    connect(reaching(server)).on('error', () => {});
    assert.equal(((await server.next()).error as TlsError).code, 'ERR_SERVERHELLO_INVALID_OPTION');
  }
  const failure = new Error('no database');
  for (const name of ['clientHelloCallback', 'certificateCallback'] as const) {
    await using server = await testServer({ [name]: () => Promise.reject(failure) });
    connect(reaching(server)).on('error', () => {});
    assert.equal((await server.next()).error, failure);
  }
});

test('a server without a certificate of its own takes those of the callback', async (t) => {
  const context = contextOf(t, 'RSA');
  const server = createServer({ certificateCallback: async () => context });
  t.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    const client = connect({ port, maxVersion, ...unnamed });
    await once(client, 'secureConnect');
    assert.equal(client.getProtocol(), maxVersion);
    client.destroy();
  }
});

test('hellos over datagrams are shown too', { skip }, async (t) => {
  const { certificate, key } = certificateFiles(t, 'P-256');
  const shown: (string | undefined)[] = [];
  const server = createServer({
    datagrams: true,
    cert: readFileSync(certificate),
    key: readFileSync(key),
    goodbyeSilence: 20,
    clientHelloCallback: (_socket, { serverName }) => {
      shown.push(serverName);
      return serverName === 'unwelcome.example' ? 'access_denied' : undefined;
    },
  });
  t.after(() => server.close());
  server.on('secureConnection', (socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const words = ['s_client', '-connect', `127.0.0.1:${server.address()?.port}`, '-dtls1_2', '-servername'];
  const welcome = await run('openssl', [...words, 'welcome.example']);
  const unwelcome = await run('openssl', [...words, 'unwelcome.example']);
  assert.match(welcome.out, /Cipher is ECDHE/);
  assert.match(unwelcome.err, /alert access denied/);
  assert.deepEqual(shown, ['welcome.example', 'unwelcome.example']);
});
