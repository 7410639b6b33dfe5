import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { Doors } from '../../connection/engine.ts';
import type { Trouble } from '../../connection/trouble.ts';
import { tls13Info } from '../../diagnostics/session-info.test.fixture.ts';
import { Client, localListener } from '../connected.test.fixture.ts';
import { Mark, TransparentEngine } from '../transparent-engine.test.fixture.ts';
import type { Limits } from '../transport/connection-limits.ts';
import { TlsSocket, type TlsSocketOptions } from './tls-socket.ts';

const quickly: Partial<Limits> = { goodbyeSilence: 20 };

test('a handshake, text both ways, and a polite end of both sides', async () => {
  const { client, socket, engine, closed } = await connected();
  client.send(Mark.hello, 'hello');
  const [info] = await once(socket, 'secure');
  assert.equal(info, tls13Info);
  assert.equal(socket.sessionInfo, tls13Info);
  assert.equal(String((await once(socket, 'data'))[0]), 'hello');
  socket.write('answer');
  await client.reads(/answer/);
  client.send(Mark.closeNotify);
  client.socket.end();
  await once(socket, 'end');
  socket.end('last');
  await closed;
  await client.ended();
  assert.equal(client.text, 'answerlast\0');
  assert.deepEqual(engine.calls.filter((it) => it === 'shutdown').length, 1);
});

test('half close: after end() the peer can still talk', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  socket.end();
  await client.reads(/\0/);
  client.send('late');
  assert.equal(String((await once(socket, 'data'))[0]), 'late');
  client.send(Mark.closeNotify);
  client.socket.end();
  await closed;
});

test('what is written before the handshake is sent after it', async () => {
  const { client, socket } = await connected();
  socket.write('early');
  client.send(Mark.hello);
  await client.reads(/early/);
  socket.destroy();
});

test('a fault is told once, the alert arrives, and what came before can be read', async () => {
  const { client, socket, closed } = await connected();
  const troubles: Trouble[] = [];
  socket.on('problem', (it: Trouble) => troubles.push(it));
  socket.pause();
  client.send(Mark.hello, 'before', Mark.fault, 'after');
  await once(socket, 'problem');
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes;
  });
  socket.resume();
  await closed;
  await client.ended();
  assert.equal(text, 'before');
  assert.equal(client.text, '[alert]');
  assert.deepEqual(
    troubles.map((it) => it.how),
    ['failed'],
  );
});

test('a client that ends without close_notify still gets what is written, and its fault is told afterwards', async () => {
  const { client, socket, engine, closed } = await connected();
  client.send(Mark.hello, 'asked');
  await once(socket, 'secure');
  socket.resume();
  client.socket.end();
  await once(socket, 'end');
  assert.ok(socket.truncated);
  socket.write('answer');
  await client.reads(/answer/);
  const told = once(socket, 'problem');
  socket.end(' in full');
  const [trouble] = (await told) as [Trouble];
  assert.ok(trouble.how === 'failed' && trouble.problem.problem === 'unexpectedEofWhileReading');
  await closed;
  await client.ended();
  assert.ok(client.text.startsWith('answer in full\0'));
  assert.ok(engine.calls.includes('shutdown'));
});

test('a truncated conversation can end with the alert for that, after all that was written', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  socket.resume();
  client.socket.end();
  await once(socket, 'end');
  socket.write('answer');
  socket.endTruncated();
  await closed;
  await client.ended();
  assert.equal(client.text, 'answer[alert]');
});

test('a conversation that both sides have ended is over, also where nobody reads', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  socket.end('answer');
  client.send(Mark.closeNotify);
  await closed;
  assert.equal(client.text, 'answer\0');
});

test('a conversation that we have ended is over with a FIN without close_notify', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  socket.end();
  await client.reads(/\0/);
  const told = once(socket, 'problem');
  client.send('unread');
  client.socket.end();
  await told;
  assert.equal(String(socket.read()), 'unread');
  socket.resume();
  await closed;
});

test('an application that pauses at the end of a truncated conversation is told of the end when it goes on', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  socket.pause();
  socket.end();
  await client.reads(/\0/);
  client.socket.end();
  await once(socket, 'problem');
  assert.ok(!socket.destroyed);
  const ended = once(socket, 'end');
  socket.resume();
  await ended;
  await closed;
});

test('a reset is a loss', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  client.socket.resetAndDestroy();
  const [trouble] = (await once(socket, 'problem')) as [Trouble];
  assert.equal(trouble.how, 'lost');
  await closed;
});

test('a bug in one connection ends only that one, and keeps its error', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.bug);
  const [trouble] = (await once(socket, 'problem')) as [Trouble];
  assert.ok(trouble.how === 'crashed' && trouble.error.message === 'a bug');
  await closed;
});

test('writing to a conversation that is over is an error for the writer', async () => {
  const { client, socket } = await connected();
  socket.pause();
  client.send(Mark.hello, 'unread', Mark.fault);
  await once(socket, 'problem');
  const failed = once(socket, 'error');
  socket.write('too late');
  assert.match(String((await failed)[0]), /has ended/);
});

test('an application that does not read holds the peer up, and loses nothing', async () => {
  const { client, socket } = await connected();
  const size = 8 * 1024 * 1024;
  socket.pause();
  client.send(Mark.hello);
  client.socket.write(Buffer.alloc(size, 'x'));
  client.send(Mark.closeNotify);
  await once(socket, 'secure');
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(socket.readableLength < 512 * 1024, `${socket.readableLength} bytes are buffered`);
  assert.ok(client.socket.writableLength > 0);
  let read = 0;
  socket.on('data', (bytes: Uint8Array) => {
    read += bytes.length;
  });
  socket.resume();
  await once(socket, 'end');
  assert.equal(read, size);
  socket.destroy();
});

test('a peer that does not read holds the application up, each write is answered once', async () => {
  const { client, socket } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  client.socket.pause();
  const chunk = Buffer.alloc(256 * 1024, 'y');
  let answered = 0;
  const count = 64;
  for (let i = 0; i < count; i++) socket.write(chunk, () => answered++);
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(answered < count);
  client.socket.resume();
  while (answered < count) await new Promise((resolve) => setImmediate(resolve));
  while (client.text.length < count * chunk.length) await once(client.socket, 'data');
  assert.equal(answered, count);
  socket.destroy();
});

test('hanging up says close_notify and discards what still comes', async () => {
  const { client, socket, closed } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  socket.hangUp();
  await client.ended();
  client.send('nobody listens');
  await closed;
  assert.equal(client.text, '\0');
  assert.ok(socket.transport.destroyed);
});

test('hanging up after end() waits for what a handshake holds up', async () => {
  const { client, socket } = await connected();
  socket.end('early');
  socket.hangUp();
  client.send(Mark.hello);
  await client.ended();
  assert.equal(client.text, 'early\0');
});

test('a client that says close_notify before the handshake is done holds up nothing', async () => {
  const { client, socket, closed } = await connected();
  socket.end('never sent');
  client.send(Mark.closeNotify);
  await closed;
  await client.ended();
  assert.equal(client.text, '');
});

test('cutting sends what was written, but no close_notify', async () => {
  const { client, socket, engine } = await connected();
  client.send(Mark.hello);
  await once(socket, 'secure');
  socket.write('last words');
  socket.cut();
  await client.ended();
  assert.equal(client.text, 'last words');
  assert.ok(!engine.calls.includes('shutdown'));
});

test('a handshake that never ends is given up', async () => {
  const { client, trouble } = await connected({ limits: { ...quickly, handshakeTimeout: 20 } });
  assert.deepEqual(await trouble, { how: 'timedOut', during: 'handshake' });
  await client.ended();
});

test('an idle conversation is given up when that is asked for', async () => {
  const { client, trouble } = await connected({ limits: { ...quickly, idleTimeout: 20 } });
  client.send(Mark.hello);
  assert.deepEqual(await trouble, { how: 'timedOut', during: 'conversation' });
});

test("the engine's deadline is kept", async () => {
  const { client, socket, engine } = await connected({ now: () => 1000 });
  engine.deadline = 1010;
  client.send(Mark.hello);
  await once(socket, 'secure');
  while (!engine.calls.includes('expire')) await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
});

interface Accepted {
  readonly socket: TlsSocket;
  readonly engine: TransparentEngine;
  /** The trouble of the socket, also if it came earlier. */
  readonly trouble: Promise<Trouble>;
}

async function connected(options: Omit<TlsSocketOptions, 'createEngine'> = {}) {
  const listener = await localListener();
  const accepted = new Promise<Accepted>((resolve) => {
    listener.accept((transport) => {
      let engine: TransparentEngine | undefined;
      const createEngine = (doors: Doors) => {
        engine = new TransparentEngine(doors, tls13Info);
        return engine;
      };
      const socket = new TlsSocket(transport, { limits: quickly, ...options, createEngine });
      const trouble = new Promise<Trouble>((resolve) => socket.once('problem', resolve));
      if (engine !== undefined) resolve({ socket, engine, trouble });
      listener.close();
    });
  });
  const client = await Client.of(listener);
  const { socket, engine, trouble } = await accepted;
  const closed = new Promise((resolve) => socket.once('close', resolve)).then(() => client.socket.end());
  return { client, socket, engine, trouble, closed };
}

test('a socket that is destroyed waits for nothing any more', async (t) => {
  const set = t.mock.method(globalThis, 'setTimeout');
  const cleared = t.mock.method(globalThis, 'clearTimeout');
  const { client, socket, closed } = await connected();
  const [patience] = set.mock.calls.filter(({ arguments: [, delay] }) => delay === 120_000);
  assert.ok(patience);
  socket.destroy();
  client.socket.end();
  await closed;
  assert.ok(cleared.mock.calls.some(({ arguments: [timer] }) => timer === patience.result));
});
