import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectPlainly } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { createSecureContext, createServer, type Observer, TlsError, testServer } from '../src/index.ts';
import { certificateFiles } from './certificates.ts';
import { connected, reaching } from './served-connections.ts';

test('a connection is described in the words of node:tls', async () => {
  await using server = await testServer({ ALPNProtocols: ['spdy', 'echo'] });
  const client = await connected(server, { ALPNProtocols: ['echo'] });
  const { socket, error } = await server.next();
  assert.equal(error, undefined);
  assert.equal(socket.encrypted, true);
  assert.equal(socket.authorized, false);
  assert.equal(socket.authorizationError, null);
  assert.equal(socket.getProtocol(), client.getProtocol());
  assert.equal(socket.getCipher()?.name, client.getCipher().name);
  assert.equal(socket.getCipher()?.standardName, client.getCipher().standardName);
  assert.deepEqual(socket.getPeerCertificate(), {});
  assert.equal(socket.alpnProtocol, 'echo');
  assert.equal(client.alpnProtocol, 'echo');
  assert.equal(socket.servername, 'localhost');
  assert.equal(socket.isSessionReused(), false);
  assert.equal(socket.remoteAddress, '127.0.0.1');
  assert.equal(socket.remotePort, client.localPort);
  assert.equal(socket.remoteFamily, 'IPv4');
  assert.equal(socket.localPort, server.port);
  assert.deepEqual(socket.address(), { address: '127.0.0.1', family: 'IPv4', port: server.port });
  const context = Buffer.from('context');
  assert.deepEqual(
    socket.exportKeyingMaterial(32, 'EXPORTER-test', context),
    client.exportKeyingMaterial(32, 'EXPORTER-test', context),
  );
  assert.equal(socket.setNoDelay().setKeepAlive(true, 1000).unref().ref(), socket);
  client.destroy();
});

test('the ClientHello can be read as it came and taken apart', async () => {
  await using server = await testServer();
  const client = await connected(server, { ALPNProtocols: ['a', 'b'], ecdhCurve: 'P-384:X25519' });
  const { clientHello } = await server.next();
  assert.ok(clientHello);
  assert.equal(clientHello.raw[0], 1);
  assert.equal(clientHello.raw.length, 4 + ((clientHello.raw[2] ?? 0) << 8) + (clientHello.raw[3] ?? 0));
  assert.equal(clientHello.serverName, 'localhost');
  assert.deepEqual(clientHello.alpnProtocols, ['a', 'b']);
  assert.deepEqual(
    clientHello.groups.map(({ name }) => name),
    ['secp384r1', 'x25519'],
  );
  assert.deepEqual(
    clientHello.keyShares.map(({ name }) => name),
    ['secp384r1'],
  );
  assert.ok(clientHello.versions.some(({ name }) => name === 'TLSv1.3'));
  assert.ok(clientHello.cipherSuites.some(({ name }) => name === 'TLS_AES_128_GCM_SHA256'));
  client.destroy();
});

test('a handshake that fails is told with its reason, its alert and the hello', async () => {
  await using server = await testServer();
  const client = connect({ ...reaching(server), maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256' });
  client.on('error', () => {});
  const { error, clientHello, socket } = await server.next();
  assert.ok(error instanceof TlsError);
  assert.equal(error.code, 'ERR_SSL_NO_SHARED_CIPHER');
  assert.equal(error.problem, 'noSharedCipher');
  assert.equal(error.alert, 'handshake_failure');
  assert.equal(clientHello?.cipherSuites[0]?.name, 'AES128-SHA256');
  assert.equal(socket.getProtocol(), null);
  assert.throws(() => socket.exportKeyingMaterial(1, 'EXPORTER-x'), { code: 'ERR_SERVERHELLO_NO_KEYING_MATERIAL' });
});

test('a client that refuses the certificate is told by the name of its alert', async () => {
  await using server = await testServer();
  connect({ port: server.port, host: '127.0.0.1' }).on('error', () => {});
  const { error } = await server.next();
  assert.ok(error && 'code' in error);
  assert.match(String(error.code), /^ERR_SSL_(?:TLSV1_ALERT_UNKNOWN_CA|SSLV3_ALERT_\w+)$|^ECONNRESET$/);
});

test('a client that goes before it says hello is a reset connection, one that says nothing a time-out', async () => {
  await using server = await testServer({ handshakeTimeout: 50 });
  const hasty = connectPlainly(server.port, '127.0.0.1', () => hasty.destroy());
  const first = await server.next();
  assert.equal((first.error as TlsError).code, 'ECONNRESET');
  assert.equal(first.clientHello, undefined);
  const quiet = connectPlainly(server.port, '127.0.0.1');
  assert.equal(((await server.next()).error as TlsError).code, 'ERR_TLS_HANDSHAKE_TIMEOUT');
  quiet.destroy();
});

test('SNICallback takes its time to find a certificate, in every version and after a retry', async (t) => {
  const other = pair(t, 'RSA');
  for (const options of [{ maxVersion: 'TLSv1.2' }, {}, { ecdhCurve: 'X448:P-521' }] as const) {
    await using server = await testServer({
      ...('ecdhCurve' in options && { groups: 'P-521' }),
      SNICallback: (name, callback) => {
        setImmediate(() => callback(null, name === 'other' ? createSecureContext(other) : null));
      },
    });
    const names = { ...options, checkServerIdentity: () => undefined, rejectUnauthorized: false };
    assert.equal(typeOf(await connected(server, { ...names, servername: 'other' })), 'RSA');
    assert.equal(typeOf(await connected(server, { ...names, servername: 'unknown' })), 'EC');
  }
});

test('what SNICallback fails with ends the handshake and is told', async () => {
  const failure = new Error('no database');
  await using server = await testServer({ SNICallback: (_name, callback) => callback(failure) });
  connect(reaching(server)).on('error', () => {});
  assert.equal((await server.next()).error, failure);
});

test('addContext chooses by patterns of names, the newest first', async (t) => {
  await using server = await testServer();
  server.server.addContext('*.example', pair(t, 'RSA'));
  server.server.addContext('ed.example', createSecureContext(pair(t, 'Ed25519')));
  const typed = async (servername: string) =>
    typeOf(await connected(server, { servername, rejectUnauthorized: false, checkServerIdentity: () => undefined }));
  assert.equal(await typed('a.example'), 'RSA');
  assert.equal(await typed('ED.example'), 'other');
  assert.equal(await typed('a.b.example'), 'EC');
  assert.equal(await typed('aXexample'), 'EC');
});

test('ALPNCallback sees name and protocols and may take its time', async () => {
  const seen: unknown[] = [];
  await using server = await testServer({
    ALPNCallback: async (offer) => {
      seen.push(offer);
      return offer.protocols.find((it) => it === 'second');
    },
  });
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    const client = await connected(server, { ALPNProtocols: ['first', 'second'], maxVersion });
    assert.equal(client.alpnProtocol, 'second');
    assert.equal((await server.next()).socket.alpnProtocol, 'second');
  }
  assert.deepEqual(seen[0], { servername: 'localhost', protocols: ['first', 'second'] });
  connect({ ...reaching(server), ALPNProtocols: ['third'] }).on('error', () => {});
  const { error } = await server.next();
  assert.equal((error as TlsError).code, 'ERR_SSL_NO_APPLICATION_PROTOCOL');
});

test('a protocol that the client did not name is an error of the callback', async () => {
  await using server = await testServer({ ALPNCallback: () => 'invented' });
  connect({ ...reaching(server), ALPNProtocols: ['a'] }).on('error', () => {});
  assert.equal(((await server.next()).error as TlsError).code, 'ERR_TLS_ALPN_CALLBACK_INVALID_RESULT');
});

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`sessions of ${maxVersion} are kept elsewhere and found again`, async () => {
    await using server = await testServer({ tickets: false, maxVersion });
    const kept = new Map<string, Uint8Array>();
    server.server.on('newSession', (id, session, done) => {
      kept.set(id.toString('hex'), session);
      setImmediate(done);
    });
    server.server.on('resumeSession', (id, found) => {
      setImmediate(() => found(null, kept.get(id.toString('hex')) ?? null));
    });
    const first = await connected(server);
    const { socket } = await server.next();
    const session = first.getSession() ?? ((await once(first, 'session'))[0] as Buffer);
    socket.end();
    const newest = await lastSession(first, session);
    assert.ok(kept.size > 0);
    const second = await connected(server, { session: newest });
    assert.equal(second.isSessionReused(), true);
    assert.equal((await server.next()).socket.isSessionReused(), true);
    second.destroy();
    kept.clear();
    const third = await connected(server, { session: newest });
    assert.equal(third.isSessionReused(), false);
    third.destroy();
  });
}

test('tickets of one server are good for another with the same keys, of 48 or 80 bytes', async () => {
  for (const length of [48, 80]) {
    const ticketKeys = Buffer.alloc(length, 7);
    await using one = await testServer({ ticketKeys, maxVersion: 'TLSv1.2' });
    await using two = await testServer({ maxVersion: 'TLSv1.2' });
    two.server.setTicketKeys(ticketKeys);
    assert.deepEqual(two.server.getTicketKeys(), ticketKeys);
    const first = await connected(one);
    const session = first.getSession();
    first.destroy();
    assert.ok(session);
    const second = await connected(two, { session, rejectUnauthorized: false });
    assert.equal(second.isSessionReused(), true);
    second.destroy();
  }
});

test('the key log holds what a packet analyser needs', async () => {
  await using server = await testServer();
  const lines: string[] = [];
  server.server.on('keylog', (line) => lines.push(String(line)));
  const client = connect(reaching(server));
  const theirs: string[] = [];
  client.on('keylog', (line) => theirs.push(String(line)));
  await once(client, 'secureConnect');
  await server.next();
  assert.deepEqual(
    theirs.filter((line) => !lines.includes(line)),
    [],
  );
  client.destroy();
});

test('an observer watches every connection, or is made for each', async () => {
  const messages: string[] = [];
  const observer: Observer = {
    message: (way, _contentType, _version, bytes) => messages.push(`${way} ${bytes[0]}`),
  };
  const made: (string | undefined)[] = [];
  await using one = await testServer({ observer });
  await using each = await testServer({
    observer: (socket) => {
      made.push(socket.remoteAddress);
      return observer;
    },
  });
  (await connected(one)).destroy();
  assert.equal(messages[0], 'read 1');
  (await connected(each)).destroy();
  assert.deepEqual(made, ['127.0.0.1']);
});

test('setTimeout only tells; who hears of it ends the connection', async () => {
  await using server = await testServer();
  const client = await connected(server);
  const { socket } = await server.next();
  socket.setTimeout(20);
  await once(socket, 'timeout');
  assert.equal(socket.destroyed, false);
  socket.setTimeout(0);
  socket.end('late');
  assert.equal(await text(client), 'late');
});

test('a client that ends is ended too, unless half-open connections are asked for', async () => {
  for (const allowHalfOpen of [false, true]) {
    await using server = await testServer({ allowHalfOpen });
    const options = { ...reaching(server), allowHalfOpen: true };
    const client = connect(options);
    await once(client, 'secureConnect');
    const { socket } = await server.next();
    client.end();
    socket.resume();
    await once(socket, 'end');
    if (allowHalfOpen) socket.end('answer');
    assert.equal(await text(client), allowHalfOpen ? 'answer' : '');
  }
});

test('a broken record is an error of the socket, by the name that OpenSSL gives it', async () => {
  await using server = await testServer();
  const client = await connected(server);
  const { socket } = await server.next();
  const failed = once(socket, 'error');
  client.on('error', () => {});
  // An unsealed record of application data, sent past the client's protection.
  const { transport } = socket;
  transport.emit('data', Buffer.from('1703030020'.padEnd(74, '0'), 'hex'));
  const [error] = (await failed) as [TlsError];
  assert.equal(error.code, 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC');
  assert.equal(error.alert, 'bad_record_mac');
});

test('a renegotiation is refused in TLS 1.3 and done in TLS 1.2', async () => {
  await using server = await testServer();
  const modern = await connected(server);
  const refused = new Promise<Error | null>((resolve) => {
    void server.next().then(({ socket }) => assert.equal(socket.renegotiate({}, resolve), false));
  });
  assert.equal(((await refused) as TlsError).code, 'ERR_SSL_WRONG_SSL_VERSION');
  modern.destroy();
  const older = await connected(server, { maxVersion: 'TLSv1.2' });
  const { socket } = await server.next();
  socket.resume();
  const done = new Promise((resolve) => assert.equal(socket.renegotiate({}, resolve), true));
  assert.equal(await done, null);
  older.destroy();
});

test('what a listener of the application throws is not swallowed', () => {
  const index = new URL('../src/index.js', import.meta.url);
  const script = `
    import { connect } from 'node:tls';
    import { testServer } from '${index}';
    const server = await testServer({}, () => {
      throw new Error('a bug of the application');
    });
    connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false }).on('error', () => {});
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 60_000 });
  assert.equal(status, 1);
  assert.match(String(stderr), /a bug of the application/);
});

test('options that are wrong or not available yet are refused with a code', () => {
  const codeOf = (options: object) => {
    try {
      createServer(options);
      return undefined;
    } catch (error) {
      return (error as TlsError).code;
    }
  };
  assert.equal(codeOf({}), undefined);
  assert.equal(codeOf({ requestCert: false, rejectUnauthorized: false }), undefined);
  assert.equal(codeOf({ enableTrace: true }), 'ERR_SERVERHELLO_NOT_AVAILABLE');
  assert.equal(codeOf({ minVersion: 'TLSv9' }), 'ERR_TLS_INVALID_PROTOCOL_VERSION');
  assert.equal(codeOf({ ciphers: 'nonsense' }), 'ERR_SERVERHELLO_INVALID_OPTION');
  assert.equal(codeOf({ sigalgs: 'nonsense' }), 'ERR_SERVERHELLO_INVALID_OPTION');
  assert.equal(codeOf({ ecdhCurve: 'nonsense' }), 'ERR_SERVERHELLO_INVALID_OPTION');
  assert.equal(codeOf({ ticketKeys: Buffer.alloc(47) }), 'ERR_SERVERHELLO_INVALID_OPTION');
  assert.equal(codeOf({ sessionTimeout: -1 }), 'ERR_SERVERHELLO_INVALID_OPTION');
  assert.equal(codeOf({ key: 'nonsense' }), 'ERR_SERVERHELLO_CREDENTIAL');
  assert.equal(codeOf({ cert: 'nonsense' }), 'ERR_SERVERHELLO_CREDENTIAL');
  assert.equal(codeOf({ ALPNProtocols: [''] }), 'ERR_SERVERHELLO_INVALID_OPTION');
  assert.equal(codeOf({ ALPNProtocols: ['a'], ALPNCallback: () => 'a' }), 'ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS');
});

interface Cleanup {
  after(end: () => Promise<void>): void;
}

function pair(t: Cleanup, type: 'RSA' | 'Ed25519') {
  const files = certificateFiles(t, type);
  return { key: readFileSync(files.key), cert: readFileSync(files.certificate) };
}

/** typeOf returns the type of the server's certificate. */
function typeOf(client: TLSSocket): string {
  const { asn1Curve, modulus } = client.getPeerCertificate() as { asn1Curve?: string; modulus?: string };
  client.destroy();
  return asn1Curve !== undefined ? 'EC' : modulus !== undefined ? 'RSA' : 'other';
}

/** lastSession waits for the latest session: in TLS 1.3 one comes with each ticket, perhaps after the handshake. */
async function lastSession(client: TLSSocket, session: Buffer): Promise<Buffer> {
  let newest = session;
  client.on('session', (it) => {
    newest = it;
  });
  client.resume();
  await once(client, 'close');
  return newest;
}
