import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { on, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { certificateFiles } from './certificates.ts';
import { nodePage } from './clients.ts';
import { converse, Recorded, settingsOf } from './conversation.ts';
import { type Cleanup, Program } from './program.ts';

test('200 silent connections do not delay a 201st', async (t) => {
  const program = await Program.start(t, '-www', ...certificateFiles(t, 'P-256').words);
  const silent = await Promise.all(Array.from({ length: 200 }, () => connection(t, program.port)));
  assert.match(await nodePage(program.port), /^New, TLSv1.3, Cipher is /m);
  assert.equal(
    silent.some((it) => it.destroyed || it.readableEnded),
    false,
  );
});

test('200 connections that are silent after their handshake do not delay a 201st', async (t) => {
  const program = await Program.start(t, '-rev', ...certificateFiles(t, 'P-256').words);
  const silent = await Promise.all(Array.from({ length: 200 }, () => secureConnection(t, program.port)));
  const client = await secureConnection(t, program.port);
  assert.equal(await echo(client, 'olleh'), 'hello\n');
  assert.equal(
    silent.some((it) => it.destroyed || it.readableEnded),
    false,
  );
});

test('peers that send noise, half a hello or a flood do not disturb others', async (t) => {
  const program = await Program.start(t, '-rev', ...certificateFiles(t, 'P-256').words);
  const client = await secureConnection(t, program.port);
  const hello = await helloOf();
  const noise = Buffer.concat([Buffer.from('160301', 'hex'), randomBytes(100_000)]);
  for (const bytes of [noise, randomBytes(100_000), Buffer.from('GET / HTTP/1.0\r\n\r\n'), Buffer.alloc(100_000)]) {
    const peer = await connection(t, program.port);
    peer.write(bytes);
    await finished(peer);
    assert.equal(await echo(client, 'olleh'), 'hello\n');
  }
  const half = await connection(t, program.port);
  half.write(hello.subarray(0, hello.length / 2));
  assert.equal(await echo(client, 'olleh'), 'hello\n');
  const gone = await connection(t, program.port);
  gone.write(hello);
  gone.resetAndDestroy();
  assert.equal(await echo(client, 'olleh'), 'hello\n');
  const flood = await connection(t, program.port);
  // Empty records have no content, and soon reach the limit.
  flood.write(Buffer.from('1603010000'.repeat(10_000), 'hex'));
  await finished(flood);
  assert.equal(await echo(client, 'olleh'), 'hello\n');
});

test('from a client that reads nothing no more is read once the answers pile up', async (t) => {
  const program = await Program.start(t, '-rev', ...certificateFiles(t, 'P-256').words);
  const client = await secureConnection(t, program.port);
  assert.equal(await echo(client, 'olleh'), 'hello\n');
  const before = residentMemory(program);
  const slow = await secureConnection(t, program.port);
  slow.pause();
  const line = Buffer.from(`${'x'.repeat(16_000)}\n`);
  const fill = () => {
    while (slow.writableLength < line.length && !slow.destroyed) slow.write(line);
  };
  slow.on('drain', fill);
  fill();
  // Two checks without progress, with many round trips of another client between them: reading has stopped.
  for (let last = -1; last !== slow.bytesWritten; ) {
    last = slow.bytesWritten;
    assert.ok(last < 64_000_000, 'the server reads on and on');
    for (let count = 0; count < 200; count++) await echo(client, 'olleh');
  }
  assert.equal(slow.destroyed, false);
  if (before !== undefined) assert.ok((residentMemory(program) ?? 0) - before < 150_000_000);
});

test('an engine whose peer takes nothing takes nothing more, neither from the peer nor from the application', async (t) => {
  const settings = await settingsOf(...certificateFiles(t, 'P-256').words);
  let full = false;
  class Full extends Recorded {
    override toPeer(parts: readonly Uint8Array[]): boolean {
      return super.toPeer(parts) && !full;
    }
  }
  const recorded = new Full({ settings });
  full = true;
  const hello = await helloOf();
  assert.equal(recorded.engine.feed(hello), 'wait');
  const { length } = recorded.sent;
  assert.equal(recorded.engine.feed(Buffer.from('1503010002020a', 'hex')), 'wait');
  assert.deepEqual([recorded.sent.length, recorded.endings], [length, []]);
  let held = 0;
  while (recorded.engine.write(new Uint8Array(1000)) === 'more') held++;
  assert.ok(held < 100);
});

/** connection is closed at the end of the test. */
async function connection(t: Cleanup, port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  t.after(async () => {
    socket.destroy();
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function secureConnection(t: Cleanup, port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  t.after(async () => {
    socket.destroy();
  });
  await once(socket, 'secureConnect');
  socket.on('error', () => {});
  return socket;
}

/** echo sends a line and reads one. */
async function echo(socket: TLSSocket, line: string): Promise<string> {
  const answer = on(socket, 'data');
  socket.write(`${line}\n`);
  let text = '';
  for await (const [bytes] of answer) {
    text += bytes;
    if (text.endsWith('\n')) break;
  }
  return text;
}

/** finished resolves when the server has ended the conversation. */
async function finished(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.destroyed && !socket.readableEnded) {
    await Promise.race([once(socket, 'end'), once(socket, 'close')]);
  }
}

/** helloOf returns the first flight of Node's client, as records. */
async function helloOf(): Promise<Uint8Array> {
  const { clientBytes } = await converse({
    server: { settings: await settingsOf() },
    question: '?',
    answer: '!',
  });
  return clientBytes.subarray(0, 5 + (clientBytes[3] ?? 0) * 256 + (clientBytes[4] ?? 0));
}

/** residentMemory returns bytes; undefined on systems without /proc. */
function residentMemory({ process }: Program): number | undefined {
  const file = `/proc/${process.pid}/status`;
  if (!existsSync(file)) return undefined;
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1]) * 1024;
}
