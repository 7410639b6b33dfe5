import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { createSecureContext, type TestServer, type TestServerOptions, testServer } from '../src/index.ts';
import {
  authority,
  certificatePem,
  crlPem,
  type Issued,
  issue,
  issueCrl,
  keyOf,
} from '../src/x509/verify/issue.test.fixture.ts';
import { certificateFiles } from './certificates.ts';
import { installed, run } from './clients.ts';
import type { Cleanup } from './program.ts';
import { reaching } from './served-connections.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';

/** identityOf makes a client's self-signed certificate, in PEM. */
function identityOf(test: Cleanup): { readonly key: string; readonly cert: string } {
  const { key, certificate } = certificateFiles(test, 'P-256');
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(certificate, 'utf8') };
}

/** visit makes one connection; the client waits until the server closes or refuses it. */
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

test('whoever is on the list of its issuer is refused, and with a list everybody needs one', async () => {
  const root: Issued = { subject: 'root', extensions: [authority()] };
  const ca = certificatePem(issue(root));
  const identity = (serial: number) => ({
    key: keyOf('client').export({ type: 'pkcs8', format: 'pem' }),
    cert: certificatePem(issue({ subject: 'client', issuer: 'root', serial })),
  });
  const [list, other] = [issueCrl({ issuer: 'root', revoked: [[7]] }), issueCrl({ issuer: 'other' })];
  for (const crl of [crlPem(list), list, [Buffer.from(crlPem(other)), list], crlPem(other) + crlPem(list)]) {
    await using server = await testServer({ requestCert: true, rejectUnauthorized: false, ca, crl });
    const good = await visit(server, identity(6));
    assert.equal(good.socket.authorizationError, null);
    assert.equal(good.socket.authorized, true);
    const revoked = await visit(server, identity(7));
    assert.equal(revoked.socket.authorizationError, 'CERT_REVOKED');
    assert.equal(revoked.socket.authorized, false);
  }
  await using strict = await testServer({ requestCert: true, ca, crl: list });
  assert.equal((await visit(strict, identity(6))).error, undefined);
  assert.equal(codeOf((await visit(strict, identity(7))).error), 'ERR_SSL_CERTIFICATE_VERIFY_FAILED');
  await using without = await testServer({ requestCert: true, rejectUnauthorized: false, ca, crl: other });
  assert.equal((await visit(without, identity(6))).socket.authorizationError, 'UNABLE_TO_GET_CRL');
});

test('after the handshake a client is asked for its certificate, and shows it or none', { skip }, async (t) => {
  const { words, certificate } = certificateFiles(t, 'P-256');
  for (const [own, error] of [
    [words, null],
    [[], 'UNABLE_TO_GET_ISSUER_CERT'],
    [certificateFiles(t, 'P-256').words, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const) {
    await using server = await testServer({ ca: readFileSync(certificate), rejectUnauthorized: false });
    const client = run('openssl', [...clientWords(server), '-enable_pha', ...own]);
    const { socket } = await server.next();
    socket.resume();
    assert.equal(socket.authorized, false);
    assert.equal(socket.authorizationError, null);
    const answered = once(socket, 'renegotiated');
    socket.requestCertificate();
    await answered;
    assert.equal(socket.authorizationError, error);
    assert.equal(socket.authorized, error === null);
    assert.equal(socket.getPeerCertificate().subject?.CN, own.length > 0 ? 'localhost' : undefined);
    socket.end('still here');
    assert.match((await client).out, /still here/);
  }
});

test('after the handshake a client that is not trusted is refused, unless that is an option', { skip }, async (t) => {
  await using server = await testServer({ ca: readFileSync(certificateFiles(t, 'P-256').certificate) });
  const client = run('openssl', [...clientWords(server), '-enable_pha', ...certificateFiles(t, 'P-256').words]);
  const { socket } = await server.next();
  const refused = new Promise<Error>((resolve) => socket.on('error', resolve));
  socket.resume();
  socket.requestCertificate();
  assert.equal(codeOf(await refused), 'ERR_SSL_CERTIFICATE_VERIFY_FAILED');
  assert.match((await client).err, /alert unknown ca/);
});

test('who has not offered it, and who speaks TLS 1.2, is not asked after the handshake', { skip }, async () => {
  for (const [word, code] of [
    ['-tls1_3', 'ERR_SSL_EXTENSION_NOT_RECEIVED'],
    ['-tls1_2', 'ERR_SSL_WRONG_SSL_VERSION'],
  ] as const) {
    await using server = await testServer();
    const client = run('openssl', [...clientWords(server), word]);
    const { socket } = await server.next();
    socket.resume();
    assert.throws(() => socket.requestCertificate(), { code });
    assert.equal(socket.authorizationError, null);
    socket.end('still here');
    assert.match((await client).out, /still here/);
  }
});

test('what is no certificate and no list of them is refused', () => {
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  for (const options of [{ ca: broken }, { crl: broken.replaceAll('CERTIFICATE', 'X509 CRL') }]) {
    assert.throws(() => createSecureContext(options), { code: 'ERR_SERVERHELLO_CREDENTIAL' });
  }
});

function clientWords({ port }: TestServer): string[] {
  return ['s_client', '-connect', `127.0.0.1:${port}`, '-ign_eof'];
}

function codeOf(error: Error | undefined): unknown {
  return error && 'code' in error ? error.code : undefined;
}
