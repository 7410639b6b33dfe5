import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect as connectPlainly, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import { attach, testServer } from '../src/index.ts';
import { certificateFiles, folder } from './certificates.ts';
import { Program } from './program.ts';
import { type KnownKey, PskClient13 } from './psk-client13.ts';

const size = 8_000_000;
const request = 'GET /large.bin HTTP/1.0\r\n\r\n';
/** An incomplete record. */
const part = Buffer.of(23, 3, 3, 0, 100, 1);

for (const mode of ['-WWW', '-HTTP']) {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    for (const last of [Buffer.alloc(0), part]) {
      const where = last.length > 0 ? 'in the middle of a record' : 'after its request';
      test(`${mode} answers in full a client of ${version} whose FIN comes ${where}`, async (t) => {
        process.chdir(folder(t));
        writeFileSync('large.bin', Buffer.alloc(size, 'x'));
        const program = await Program.start(t, mode, ...certificateFiles(t, 'P-256').words);
        const { client, transport } = await connected(program.port, version);
        await sent(client, request);
        transport.end(last);
        assert.ok((await all(client)) >= size);
        assert.ok(client.readableEnded);
        assert.equal(program.err, 'FILE:large.bin\n');
      });
    }
  }
}

for (const version of ['TLSv1', 'TLSv1.1'] as const) {
  test(`-WWW answers in full a client of ${version} whose FIN comes after its request`, async (t) => {
    process.chdir(folder(t));
    writeFileSync('large.bin', Buffer.alloc(size, 'x'));
    const old = [`-${version.replace('TLSv', 'tls').replace('.', '_')}`, '-cipher', 'DEFAULT:@SECLEVEL=0'];
    const program = await Program.start(t, '-WWW', ...old, ...certificateFiles(t, 'RSA').words);
    const { client, transport } = await connected(program.port, version);
    await sent(client, request);
    transport.end();
    assert.ok((await all(client)) >= size);
    assert.ok(client.readableEnded);
  });
}

test('-WWW answers in full a request that came as early data and was followed by a FIN', async (t) => {
  process.chdir(folder(t));
  writeFileSync('large.bin', Buffer.alloc(size, 'x'));
  const key = '00112233445566778899aabbccddeeff';
  const program = await Program.start(t, '-WWW', '-early_data', '-no_anti_replay', '-nocert', '-psk', key);
  const secret = Buffer.from(key, 'hex');
  const configured = { identity: Buffer.from('Client_identity'), secret, binder: 'ext binder', ageAdd: 0 } as const;
  const first = await talk(program.port, configured, (client) => client.tickets.length > 0);
  const [ticket] = first.tickets;
  assert.ok(ticket);
  const second = await talk(program.port, ticket, (client) => client.alerts.length > 0, request);
  assert.ok(second.accepted);
  assert.deepEqual(second.alerts, ['1 0']);
  assert.ok(second.received.join('').length >= size);
});

/** A connection with this key, whose FIN follows the client's Finished when there is early data; until it has come so far. */
async function talk(
  port: number,
  key: KnownKey,
  isOver: (client: PskClient13) => boolean,
  ...early: readonly string[]
): Promise<PskClient13> {
  const transport = connectPlainly({ port, host: '127.0.0.1', allowHalfOpen: true });
  const client = new PskClient13(key, (bytes) => transport.write(bytes));
  client.hello(...early);
  for await (const bytes of transport as AsyncIterable<Buffer>) {
    client.receive(bytes);
    if (client.done && early.length > 0 && transport.writable) transport.end();
    if (isOver(client)) break;
  }
  // A session whose connection breaks off is not resumed.
  if (transport.writable) client.close();
  transport.destroySoon();
  return client;
}

test('a line of -rev comes back before the alert for a FIN without close_notify', async (t) => {
  const program = await Program.start(t, '-rev', '-naccept', '1');
  const { client, transport } = await connected(program.port, 'TLSv1.3');
  await sent(client, 'abc\n');
  transport.end();
  let text = '';
  client.on('data', (bytes: Buffer) => {
    text += bytes;
  });
  const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ERR_SSL_TLSV1_ALERT_DECODE_ERROR');
  assert.equal(text, 'cba\n');
});

for (const ignoreUnexpectedEof of [true, false]) {
  const how = ignoreUnexpectedEof ? 'that counts as close_notify' : 'that is a fault';
  test(`an HTTP server on top answers in full after a FIN ${how}`, async () => {
    await using server = await testServer({ ignoreUnexpectedEof });
    const http = createServer((_, response) => response.end(Buffer.alloc(size, 'x')));
    attach(http, server.server);
    const { client, transport } = await connected(server.port, 'TLSv1.3');
    await sent(client, request);
    transport.end();
    assert.ok((await all(client)) > size);
    assert.ok(client.readableEnded);
  });
}

test('the library tells the fault after the end, once our side has ended too', async () => {
  await using server = await testServer({ allowHalfOpen: true, ignoreUnexpectedEof: false });
  const { client, transport } = await connected(server.port, 'TLSv1.3');
  const { socket } = await server.next();
  const told: string[] = [];
  socket.on('problem', () => told.push('problem'));
  socket.on('error', (error: NodeJS.ErrnoException) => told.push(String(error.code)));
  transport.end();
  socket.resume();
  await once(socket, 'end');
  assert.ok(socket.truncated);
  assert.deepEqual(told, []);
  socket.end('still read');
  assert.equal(await all(client), 'still read'.length);
  await new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', resolve)));
  assert.deepEqual(told, ['problem', 'ERR_SSL_UNEXPECTED_EOF_WHILE_READING']);
});

/** connected returns a client with access to its transport. */
async function connected(port: number, version: SecureVersion): Promise<{ client: TLSSocket; transport: Socket }> {
  const transport = connectPlainly({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(transport, 'connect');
  const carrier = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _encoding, done) => {
      if (transport.writable) transport.write(bytes);
      done();
    },
  });
  transport.on('data', (bytes) => carrier.push(bytes));
  transport.on('end', () => carrier.push(null));
  const versions = { minVersion: version, maxVersion: version };
  const ciphers = 'DEFAULT:@SECLEVEL=0';
  const client = connect({ socket: carrier, rejectUnauthorized: false, ciphers, ...versions });
  await once(client, 'secureConnect');
  return { client, transport };
}

/** sent resolves when the transport has the text. */
function sent(client: TLSSocket, text: string): Promise<void> {
  return new Promise((resolve) => client.write(text, () => resolve()));
}

/** all counts the bytes up to the end of the other side. */
async function all(client: TLSSocket): Promise<number> {
  let length = 0;
  client.on('data', (bytes: Buffer) => {
    length += bytes.length;
  });
  await Promise.race([once(client, 'end'), once(client, 'error')]);
  return length;
}
