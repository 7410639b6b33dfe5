import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { tls13Info } from '../../diagnostics/session-info.test.fixture.ts';
import { Client, localListener } from '../connected.test.fixture.ts';
import { TlsSocket } from '../sockets/tls-socket.ts';
import { Mark, TransparentEngine } from '../transparent-engine.test.fixture.ts';
import { AcceptLoop, type AcceptLoopOptions } from './accept-loop.ts';

const sockets = { limits: { goodbyeSilence: 20 } };
const createSocket: AcceptLoopOptions['createSocket'] = (transport, options) => new TlsSocket(transport, options);
const createEngine: AcceptLoopOptions['createEngine'] = ({ doors }) => new TransparentEngine(doors, tls13Info);

test('many connections are served at once, whatever the others do', async () => {
  const listener = await localListener();
  const server = new AcceptLoop({ listener, createSocket, createEngine, sockets, onConnection: echo });
  const idle = await Client.of(listener);
  const half = await Client.of(listener);
  half.send(Mark.hello);
  const broken = await Client.of(listener);
  broken.send(Mark.bug);
  const clients = await Promise.all(Array.from({ length: 20 }, () => Client.of(listener)));
  for (const [index, client] of clients.entries()) client.send(Mark.hello, `text ${index};`);
  await Promise.all(clients.map((client, index) => client.reads(new RegExp(`text ${index};`))));
  assert.ok(server.connections.size >= 22);
  server.stop();
  for (const client of [idle, half, broken, ...clients]) client.socket.destroy();
  await server.ended;
  assert.equal(server.connections.size, 0);
});

test('after the last of the counted connections nothing is accepted, and the end waits for all', async () => {
  const listener = await localListener();
  let ended = false;
  const server = new AcceptLoop({ listener, createSocket, createEngine, sockets, acceptCount: 2, onConnection: echo });
  void server.ended.then(() => {
    ended = true;
  });
  const first = await Client.of(listener);
  const second = await Client.of(listener);
  second.send('no handshake', Mark.fault);
  await second.ended();
  assert.ok(!ended);
  await assert.rejects(Client.of(listener));
  first.send(Mark.hello, 'still here');
  await first.reads(/still here/);
  first.socket.destroy();
  await server.ended;
});

test('what an application throws at a connection closes that connection', async () => {
  const listener = await localListener();
  let thrown = 0;
  const server = new AcceptLoop({
    listener,
    createSocket,
    createEngine,
    sockets,
    onConnection: () => {
      thrown++;
      throw new Error('no');
    },
  });
  const client = await Client.of(listener);
  await client.ended();
  assert.equal(thrown, 1);
  server.stop();
  await server.ended;
});

test('each connection has an observer of its own', async () => {
  const listener = await localListener();
  const watched: number[] = [];
  const observers = [{}, {}];
  const given: unknown[] = [];
  const server = new AcceptLoop({
    listener,
    sockets,
    createSocket,
    acceptCount: 2,
    createEngine: ({ doors, observer }) => {
      given.push(observer);
      return new TransparentEngine(doors, tls13Info);
    },
    observe: (connection) => {
      watched.push(connection);
      return observers[connection - 1];
    },
    onConnection: (socket) => socket.cut(),
  });
  for (let i = 0; i < 2; i++) await (await Client.of(listener)).ended();
  await server.ended;
  assert.deepEqual(watched, [1, 2]);
  assert.deepEqual(given, observers);
});

function echo(socket: TlsSocket): void {
  socket.on('data', (bytes) => socket.write(bytes));
  socket.on('end', () => socket.end());
  void once(socket, 'close');
}
