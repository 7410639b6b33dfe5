import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { blocksOf } from '../src/facts/capture/pcapng.test.fixture.ts';
import { createServer, type Fact, TlsError, testServer } from '../src/index.ts';
import { complaints, content, field, withoutTshark } from './captures.ts';
import { certificateFiles, folder } from './certificates.ts';
import { installed, run } from './clients.ts';
import { ofKind } from './facts.ts';
import type { Cleanup } from './program.ts';

const secretsType = 10;

/** A client of a server with this capture says hello, and the server is closed. */
async function visited(capture: Writable, more: { readonly captureSecrets?: boolean } = {}): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  const server = await testServer({ capture, ...more }, (socket) => socket.end('hello to you\n'));
  server.server.on('fact', (fact) => facts.push(fact));
  const client = connect({ port: server.port, ca: server.certificate, servername: 'localhost' });
  client.end('hello\n').resume();
  await once(client, 'close');
  await server.close();
  return facts;
}

test('a server writes its capture to a stream, which tshark opens', { skip: withoutTshark }, async (t) => {
  const file = join(folder(t), 'capture.pcapng');
  const stream = createWriteStream(file);
  await visited(stream);
  stream.end();
  await finished(stream);
  assert.deepEqual(await content(file), ['hello\n', 'hello to you\n']);
  assert.equal(await complaints(file), '');
});

function captured(stream: PassThrough) {
  return blocksOf((stream.read() as Buffer | null) ?? Buffer.alloc(0));
}

test('without captureSecrets there are packets alone, and the stream is not ended', async () => {
  for (const captureSecrets of [true, false]) {
    const stream = new PassThrough({ highWaterMark: 1 << 20 });
    await visited(stream, { captureSecrets });
    assert.equal(stream.writableEnded, false);
    const types = new Set(captured(stream).map(({ type }) => type));
    assert.equal(types.has(secretsType), captureSecrets);
    assert.ok(types.has(6));
  }
});

test('a stream that fails stops nothing, and what is missing is a fact', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, callback) => callback(new Error('the disk is full')) });
  const facts = await visited(stream);
  assert.equal(ofKind(facts, 'established').length, 1);
  const [lost] = ofKind(facts, 'lost');
  assert.deepEqual([lost?.output, lost?.why], ['pcapng', 'the disk is full']);
  assert.ok((lost?.count ?? 0) > 6);
});

test('a unix socket is captured too', async (t) => {
  const path = join(folder(t), 'socket');
  const stream = new PassThrough({ highWaterMark: 1 << 20 });
  const server = createServer({ capture: stream, ...identity(t) }, (socket) => socket.end().resume());
  server.listen(path);
  await once(server, 'listening');
  const client = connect({ socket: connectSocket(path), rejectUnauthorized: false });
  client.end().resume();
  await once(client, 'close');
  server.close();
  await once(server, 'close');
  const [first] = captured(stream).filter(({ type }) => type === 6);
  assert.equal(Buffer.from(first?.body ?? []).readUInt16BE(20 + 20), 49152);
});

const noDatagrams = withoutTshark || (installed('openssl') === undefined && 'openssl is not installed');

test('datagrams are captured from the cookie on', { skip: noDatagrams }, async (t) => {
  const file = join(folder(t), 'capture.pcapng');
  const stream = createWriteStream(file);
  const server = createServer({ datagrams: true, capture: stream, ...identity(t) }, (socket) => socket.resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await run('openssl', ['s_client', '-dtls', '-connect', `127.0.0.1:${port}`], 'Q\n');
  server.close();
  await once(server, 'close');
  stream.end();
  await finished(stream);
  const types = (await field(file, 'dtls.handshake', 'dtls.handshake.type')).join(',').split(',');
  assert.deepEqual(types.slice(0, 4), ['1', '3', '1', '2']);
});

function identity(t: Cleanup) {
  const files = certificateFiles(t, 'P-256');
  return { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
}

test('what is no stream is refused', () => {
  const capture = 'capture.pcapng' as unknown as Writable;
  assert.throws(() => createServer({ capture }), TlsError);
});
