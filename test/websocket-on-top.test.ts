import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import WebSocket, { WebSocketServer } from 'ws';
import { attach, type TestServer, testServer } from '../src/index.ts';
import { reaching, silent, visits } from './served-connections.ts';

test('a WebSocket server serves 1,000 connections while 200 are silent', async () => {
  await using server = await testServer();
  echoing(server);
  const quiet = await silent(server, 200);
  await visits(800, async (number) => {
    const client = await opened(server);
    client.send(`message ${number}`);
    const [message] = await once(client, 'message');
    assert.equal(String(message), `message ${number}`);
    client.close();
    await once(client, 'close');
  });
  assert.equal(
    quiet.some((it) => it.destroyed || it.readableEnded),
    false,
  );
  for (const socket of quiet) socket.destroy();
});

test('long messages and pings cross a WebSocket both ways', async () => {
  await using server = await testServer();
  echoing(server);
  const client = await opened(server);
  const long = Buffer.alloc(1_000_000, 'long ');
  client.send(long);
  const [message] = await once(client, 'message');
  assert.ok(long.equals(message));
  client.ping();
  await once(client, 'pong');
  client.close(1000);
  assert.equal((await once(client, 'close'))[0], 1000);
});

function echoing(server: TestServer): void {
  const http = createServer();
  const webSockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  webSockets.on('connection', (socket) => {
    socket.on('message', (message) => socket.send(message));
  });
  attach(http, server.server);
}

async function opened(server: TestServer): Promise<WebSocket> {
  const { ca, servername } = reaching(server);
  const client = new WebSocket(`wss://127.0.0.1:${server.port}/`, {
    ...(ca !== undefined && { ca }),
    ...(servername !== undefined && { servername }),
    perMessageDeflate: false,
  });
  await once(client, 'open');
  return client;
}
