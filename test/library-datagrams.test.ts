import assert from 'node:assert/strict';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { createServer, type DatagramServer, type DatagramServerOptions, DtlsSocket, TlsError } from '../src/index.ts';
import { certificateFiles, folder } from './certificates.ts';
import { DatagramWire } from './client-wires.ts';
import { installed, type Outcome, run } from './clients.ts';
import { PskClient } from './psk-client.ts';
import { udpSocket } from './udp.ts';

const skip = installed('openssl') === undefined && 'openssl is not installed';
const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const withKey = { datagrams: true, ciphers: 'PSK', pskCallback: () => key, goodbyeSilence: 20 } as const;

/** listening starts a server that is closed, with all of its associations, when the test ends. */
async function listening(t: TestContext, options: DatagramServerOptions): Promise<DatagramServer> {
  const server = createServer(options);
  const sockets = new Set<DtlsSocket>();
  server.on('secureConnection', (socket) => sockets.add(socket));
  t.after(() => {
    if (server.listening) server.close();
    for (const socket of sockets) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: DatagramServer): number {
  return server.address()?.port ?? 0;
}

function withCertificate(t: TestContext): DatagramServerOptions {
  const files = certificateFiles(t, 'P-256');
  return { datagrams: true, cert: readFileSync(files.certificate), key: readFileSync(files.key), goodbyeSilence: 20 };
}

function client(port: number, input: string, ...words: readonly string[]): Promise<Outcome> {
  return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-dtls1_2', ...words], input);
}

interface Peer {
  readonly socket: Socket;
  readonly client: PskClient;
  /** All datagrams that it has sent. */
  readonly sent: Uint8Array[];
}

/** speaker replaces the client on the socket. */
function speaker(socket: Socket, port: number): Peer {
  const sent: Uint8Array[] = [];
  const send = (datagram: Uint8Array) => {
    sent.push(Uint8Array.from(datagram));
    socket.send(datagram, port, '127.0.0.1');
  };
  const client = new PskClient(key, new DatagramWire({ room: 1400, now: Date.now, send }));
  client.hello();
  socket.removeAllListeners('message');
  socket.on('message', (datagram) => client.receive(datagram));
  return { socket, client, sent };
}

/** connected returns a client after its handshake, and the server's side of it. */
async function connected(t: TestContext, server: DatagramServer): Promise<Peer & { readonly server: DtlsSocket }> {
  const peer = speaker(await udpSocket(t), portOf(server));
  const [socket] = await once(server, 'secureConnection');
  assert.ok(socket instanceof DtlsSocket);
  await until(() => peer.client.done);
  return { ...peer, server: socket };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(condition());
}

test('openssl s_client talks DTLS 1.2 to the library, and resumes', { skip }, async (t) => {
  const server = await listening(t, withCertificate(t));
  const resumed: boolean[] = [];
  server.on('secureConnection', (socket) => {
    resumed.push(socket.isSessionReused());
    assert.equal(socket.getProtocol(), 'DTLSv1.2');
    assert.equal(socket.encrypted, true);
    assert.match(socket.remoteAddress ?? '', /^127\.0\.0\.1$/);
    socket.on('data', (message: Buffer) => socket.end(`heard ${message}`));
  });
  const session = join(folder(t), 'session.pem');
  const first = await client(portOf(server), 'hello\n', '-ign_eof', '-sess_out', session);
  assert.match(first.out, /^New, .*Protocol {2}: DTLSv1\.2\n.*^heard hello\n/ms);
  const second = await client(portOf(server), 'again\n', '-ign_eof', '-sess_in', session);
  assert.match(second.out, /^Reused, .*^heard again\n/ms);
  assert.deepEqual(resumed, [false, true]);
});

test('gnutls-cli talks DTLS to the library', { skip: installed('gnutls-cli') === undefined }, async (t) => {
  const server = await listening(t, withCertificate(t));
  const heard = once(server, 'secureConnection').then(([socket]) => once(socket, 'data'));
  const words = ['--udp', '--insecure', '--port', `${portOf(server)}`, '127.0.0.1'];
  const { out } = await run('gnutls-cli', words, 'hello\n');
  assert.match(out, /Handshake was completed/);
  assert.equal(String((await heard)[0]), 'hello\n');
});

test('each message is one event, also for those who read late or by turns', async (t) => {
  const server = await listening(t, withKey);
  const { client, server: socket } = await connected(t, server);
  for (const word of ['one', 'two', 'three']) client.write(word);
  await until(() => socket.readableLength === 3);
  assert.equal(String(socket.read()), 'one');
  const turns: string[] = [];
  for await (const message of socket) {
    turns.push(String(message));
    if (turns.length === 2) break;
  }
  assert.deepEqual(turns, ['two', 'three']);
});

test('each write is one message, also when writes wait for each other', async (t) => {
  const server = await listening(t, withKey);
  const { client, server: socket } = await connected(t, server);
  socket.cork();
  for (const word of ['a', 'bc', 'def']) socket.write(word);
  socket.uncork();
  socket.write(Buffer.alloc(16384, 'x'));
  await until(() => client.received.length === 4);
  assert.deepEqual(
    client.received.map(({ length }) => length),
    [1, 2, 3, 16384],
  );
});

test('a message that no record holds fails, and nothing of it is sent', async (t) => {
  const server = await listening(t, withKey);
  const { client, server: socket } = await connected(t, server);
  assert.equal(socket.maxMessageLength, 16384);
  const failed = once(socket, 'error');
  socket.write(Buffer.alloc(16385));
  const [error] = await failed;
  assert.ok(error instanceof TlsError);
  assert.equal(error.code, 'ERR_SERVERHELLO_MESSAGE_TOO_LONG');
  assert.deepEqual(client.received, []);
});

test('a client with small records is sent no longer messages', { skip }, async (t) => {
  const server = await listening(t, withCertificate(t));
  const limit = once(server, 'secureConnection').then(([socket]) => {
    assert.ok(socket instanceof DtlsSocket);
    socket.end('bye');
    return socket.maxMessageLength;
  });
  await client(portOf(server), '', '-ign_eof', '-maxfraglen', '512');
  assert.equal(await limit, 512);
});

test('peers are served at once, and their messages stay apart', async (t) => {
  const server = await listening(t, withKey);
  server.on('secureConnection', (socket) =>
    socket.on('data', (message: Buffer) => socket.write(`you said ${message}`)),
  );
  const peers = [await connected(t, server), await connected(t, server)];
  for (const [at, { client }] of peers.entries()) client.write(`number ${at}`);
  await until(() => peers.every(({ client }) => client.received.length > 0));
  assert.deepEqual(
    peers.map(({ client }) => client.received),
    [['you said number 0'], ['you said number 1']],
  );
});

test('with maxPeers another address is served once a peer has gone', async (t) => {
  const server = await listening(t, { ...withKey, maxPeers: 1 });
  const first = await connected(t, server);
  const second = speaker(await udpSocket(t), portOf(server));
  first.client.write('still served');
  await once(first.server, 'data');
  assert.equal(second.client.done, false);
  const closed = once(first.server, 'close');
  first.server.destroy();
  await closed;
  await connected(t, server);
});

test('the application hears the end of a client', { skip }, async (t) => {
  const server = await listening(t, withCertificate(t));
  const heard = once(server, 'secureConnection').then(([socket]) => text(socket));
  await client(portOf(server), 'hello\n');
  assert.equal(await heard, 'hello\n');
});

test('close waits for the associations, and then the port is free again', async (t) => {
  const server = await listening(t, withKey);
  const port = portOf(server);
  const { client, server: socket } = await connected(t, server);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  assert.equal(server.listening, false);
  assert.equal(server.address(), null);
  client.write('not gone yet');
  await once(socket, 'data');
  socket.destroy();
  await closed;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  await connected(t, server);
});

test('a server that is not listening says so to close, and one that is to listen', async (t) => {
  const idle = createServer(withKey);
  const error = await new Promise<Error | undefined>((resolve) => idle.close(resolve));
  assert.ok(error instanceof TlsError && error.code === 'ERR_SERVER_NOT_RUNNING');
  const server = await listening(t, withKey);
  assert.throws(() => server.listen(0), { code: 'ERR_SERVER_ALREADY_LISTEN' });
});

test('an address that cannot be had is an error of the system, after which another may be tried', async (t) => {
  const taken = await listening(t, withKey);
  const server = createServer(withKey);
  t.after(() => server.close());
  server.listen({ port: portOf(taken), host: '127.0.0.1' });
  const [error] = await once(server, 'error');
  assert.equal(error.code, 'EADDRINUSE');
  server.listen({ host: 'localhost' });
  await once(server, 'listening');
});

test('a server that is closed while it opens only closes', async () => {
  const server = createServer(withKey);
  let listened = false;
  server.listen(0, '127.0.0.1', () => {
    listened = true;
  });
  server.close();
  await once(server, 'close');
  assert.equal(listened, false);
});

test('a client that cannot agree is an error with its reason', { skip }, async (t) => {
  const server = await listening(t, withCertificate(t));
  const refused = once(server, 'tlsClientError');
  await client(portOf(server), '', '-cipher', 'AES128-SHA256');
  const [error, socket] = await refused;
  assert.ok(error instanceof TlsError);
  assert.equal(error.code, 'ERR_SSL_NO_SHARED_CIPHER');
  assert.equal(socket.clientHello?.cipherSuites[0]?.name, 'AES128-SHA256');
});

test('a peer that is silent for too long is given up', async (t) => {
  const server = await listening(t, { ...withKey, idleTimeout: 30 });
  const { server: socket } = await connected(t, server);
  const [error] = socket.errored ? [socket.errored] : await once(socket, 'error');
  assert.ok(error instanceof TlsError);
  assert.equal(error.code, 'ERR_SERVERHELLO_IDLE_TIMEOUT');
});

test('a client that begins anew ends its old association once the new handshake is finished', async (t) => {
  const server = await listening(t, withKey);
  const old = await connected(t, server);
  const ended = once(old.server, 'error');
  const anew = speaker(old.socket, portOf(server));
  const [socket] = await once(server, 'secureConnection');
  assert.equal((await ended)[0].code, 'ECONNRESET');
  await until(() => anew.client.done);
  anew.client.write('second life');
  assert.equal(String((await once(socket, 'data'))[0]), 'second life');
});

test('an old hello that is sent again does not end the association that there is', async (t) => {
  const server = await listening(t, { ...withKey, handshakeTimeout: 10_000 });
  const first = await connected(t, server);
  const unfinished = speaker(first.socket, portOf(server));
  await once(first.socket, 'message');
  // It has sent its cookie, and hears nothing of the answer, which must not reach the next one either.
  first.socket.removeAllListeners('message');
  await once(first.socket, 'message');
  const anew = speaker(first.socket, portOf(server));
  const [socket] = await once(server, 'secureConnection');
  await until(() => anew.client.done);
  const [ofFirst, ofUnfinished] = [first, unfinished].map(({ sent }) => sent[1]);
  assert.ok(ofFirst && ofUnfinished);
  // Nobody waits for an answer to the first; the second begins a handshake that stays unfinished.
  const answered = once(first.socket, 'message');
  first.socket.send(ofFirst, portOf(server), '127.0.0.1');
  first.socket.send(ofUnfinished, portOf(server), '127.0.0.1');
  await answered;
  const heard: string[] = [];
  socket.on('data', (message: Buffer) => heard.push(String(message)));
  anew.client.write('still here');
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['still here']);
  assert.equal(socket.destroyed, false);
});

test('DTLS 1.0 is spoken where it is asked for', { skip }, async (t) => {
  const options = { ...withCertificate(t), minVersion: 'DTLSv1', maxVersion: 'DTLSv1', securityLevel: 0 } as const;
  const server = await listening(t, options);
  server.on('secureConnection', (socket) => socket.end(`${socket.getProtocol()}\n`));
  const words = [
    's_client',
    '-connect',
    `127.0.0.1:${portOf(server)}`,
    '-dtls1',
    '-cipher',
    'ALL:@SECLEVEL=0',
    '-ign_eof',
  ];
  assert.match((await run('openssl', words)).out, /^DTLSv1$/m);
});

test('a profile of SRTP is agreed on', { skip }, async (t) => {
  const server = await listening(t, { ...withCertificate(t), srtpProfiles: ['SRTP_AES128_CM_SHA1_80'] });
  server.on('secureConnection', (socket) => socket.end(`${socket.srtpProfile}\n`));
  const { out } = await client(portOf(server), '', '-ign_eof', '-use_srtp', 'SRTP_AES128_CM_SHA1_80');
  assert.match(out, /^SRTP_AES128_CM_SHA1_80$/m);
});

test('options that mean nothing on datagrams are refused by name', () => {
  const messageOf = (options: object) => {
    try {
      createServer({ ...options, datagrams: true });
    } catch (error) {
      return error instanceof TlsError ? error.message : undefined;
    }
    return undefined;
  };
  assert.equal(messageOf({ noDelay: true }), 'noDelay has no meaning on datagrams');
  assert.match(messageOf({ minVersion: 'TLSv1.2' }) ?? '', /not a valid DTLS protocol version/);
  assert.match(messageOf({ mtu: 255 }) ?? '', /^mtu: not an integer from 256 to /);
  assert.match(messageOf({ maxPeers: 0 }) ?? '', /^maxPeers: /);
  assert.match(messageOf({ srtpProfiles: ['SRTP'] }) ?? '', /^srtpProfiles: /);
  assert.match(messageOf({ maxPeer: 1 }) ?? '', /did you mean maxPeers\?$/);
});
