import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { testServer } from '../src/index.ts';
import { crowdOnWebSockets, echoingWebSockets, webSocket } from './crowds.ts';

test('a WebSocket server serves many connections while others are silent', () =>
  crowdOnWebSockets({ node: 50, curl: 0, silent: 20 }));

test('long messages and pings cross a WebSocket both ways', async () => {
  await using server = await testServer();
  echoingWebSockets(server);
  const client = await webSocket(server);
  const long = Buffer.alloc(1_000_000, 'long ');
  const message = once(client, 'message');
  client.send(long);
  assert.ok(long.equals((await message)[0]));
  const pong = once(client, 'pong');
  client.ping();
  await pong;
  const closed = once(client, 'close');
  client.close(1000);
  assert.equal((await closed)[0], 1000);
});
