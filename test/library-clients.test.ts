import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { createSecureContext, type TestServer, type TestServerOptions, testServer } from '../src/index.ts';
import { certificateFiles } from './certificates.ts';
import type { Cleanup } from './program.ts';
import { reaching } from './served-connections.ts';

/** A client's certificate that has signed itself, in PEM. */
function identityOf(test: Cleanup): { readonly key: string; readonly cert: string } {
  const { key, certificate } = certificateFiles(test, 'P-256');
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(certificate, 'utf8') };
}

/** One visit; the client waits until the server says goodbye or refuses it. */
async function visit(server: TestServer, options: ConnectionOptions) {
  const client = connect({ ...reaching(server), ...options });
  client.on('error', () => {});
  client.resume();
  const visited = await server.next();
  visited.socket.end();
  return { ...visited, client };
}

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${maxVersion}: a client with a trusted certificate is authorized, also when it resumes`, async (t) => {
    const identity = identityOf(t);
    await using server = await testServer({ requestCert: true, ca: identity.cert });
    const client = connect({ ...reaching(server), ...identity, maxVersion });
    const session = once(client, 'session');
    const { socket, error } = await server.next();
    assert.equal(error, undefined);
    assert.equal(socket.authorized, true);
    assert.equal(socket.authorizationError, null);
    assert.equal(socket.getPeerCertificate().subject.CN, 'localhost');
    const detailed = socket.getPeerCertificate(true);
    assert.equal(detailed.issuerCertificate.fingerprint256, detailed.fingerprint256);
    assert.equal(socket.getPeerX509Certificate()?.toString(), identity.cert);
    const [ticket] = (await session) as [Buffer];
    socket.end();
    client.destroy();
    const again = await visit(server, { ...identity, maxVersion, session: ticket });
    assert.equal(again.socket.isSessionReused(), true);
    assert.equal(again.socket.authorized, true);
  });

  test(`${maxVersion}: a client without a certificate, or with one that is not trusted, is refused`, async (t) => {
    await using server = await testServer({ requestCert: true, ca: identityOf(t).cert });
    const none = await visit(server, { maxVersion });
    assert.equal(codeOf(none.error), 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE');
    const stranger = await visit(server, { maxVersion, ...identityOf(t) });
    assert.equal(codeOf(stranger.error), 'ERR_SSL_CERTIFICATE_VERIFY_FAILED');
  });

  test(`${maxVersion}: without rejectUnauthorized the socket tells what is wrong`, async (t) => {
    const options: TestServerOptions = { requestCert: true, rejectUnauthorized: false, ca: identityOf(t).cert };
    await using server = await testServer(options);
    const none = await visit(server, { maxVersion });
    assert.equal(none.socket.authorized, false);
    assert.equal(none.socket.authorizationError, 'UNABLE_TO_GET_ISSUER_CERT');
    const stranger = await visit(server, { maxVersion, ...identityOf(t) });
    assert.equal(stranger.socket.authorized, false);
    assert.equal(stranger.socket.authorizationError, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.equal(stranger.socket.getPeerCertificate().subject.CN, 'localhost');
  });
}

test('nobody is asked unless that is an option, and then nobody is unauthorized', async (t) => {
  await using server = await testServer({ ca: identityOf(t).cert });
  const { socket } = await visit(server, identityOf(t));
  assert.equal(socket.authorized, false);
  assert.equal(socket.authorizationError, null);
  assert.deepEqual(socket.getPeerCertificate(), {});
  assert.equal(socket.getPeerX509Certificate(), undefined);
});

test('the context of a name says whom that name trusts', async (t) => {
  const identity = identityOf(t);
  await using server = await testServer({ requestCert: true, ca: [] });
  server.server.addContext('other', createSecureContext({ ...identityOf(t), ca: identity.cert }));
  const names = { ...identity, rejectUnauthorized: false };
  assert.equal((await visit(server, { ...names, servername: 'other' })).socket.authorized, true);
  const { error } = await visit(server, { ...names, servername: 'localhost' });
  assert.equal(codeOf(error), 'ERR_SSL_CERTIFICATE_VERIFY_FAILED');
});

test('a renegotiation asks for the certificate that nobody was asked for before', async (t) => {
  const identity = identityOf(t);
  await using server = await testServer({ maxVersion: 'TLSv1.2', ca: identity.cert });
  const client = connect({ ...reaching(server), ...identity });
  client.resume();
  const { socket } = await server.next();
  socket.resume();
  assert.equal(socket.authorized, false);
  const done = new Promise((resolve) => socket.renegotiate({ requestCert: true }, resolve));
  assert.equal(await done, null);
  assert.equal(socket.authorized, true);
  client.destroy();
});

test('what is no certificate and no list of them is refused', () => {
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  for (const options of [{ ca: broken }, { crl: broken.replaceAll('CERTIFICATE', 'X509 CRL') }]) {
    assert.throws(() => createSecureContext(options), { code: 'ERR_SERVERHELLO_CREDENTIAL' });
  }
});

function codeOf(error: Error | undefined): unknown {
  return error && 'code' in error ? error.code : undefined;
}
