import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { testServer } from '../src/index.ts';
import { connected } from './served-connections.ts';

/** Maximum bytes buffered in the process for a peer that does not read: our buffers and those of the stream above. */
const bound = 1_000_000;
const chunk = Buffer.alloc(65536);

test('a client that stops reading costs a bounded number of bytes, and gets all of them later', async () => {
  await using server = await testServer();
  const client = await connected(server);
  const { socket } = await server.next();
  client.pause();
  let written = 0;
  // A writer that heeds write() has to wait before the system's buffers, of some MiB, and ours are full.
  while (!socket.writableNeedDrain && written < 1_000_000_000) {
    socket.write(chunk);
    written += chunk.length;
    await turn();
  }
  assert.ok(socket.writableNeedDrain);
  assert.ok(socket.writableLength + socket.transport.writableLength < bound);
  const drained = once(socket, 'drain');
  let received = 0;
  client.on('data', (bytes) => {
    received += bytes.length;
  });
  client.resume();
  await drained;
  socket.end();
  await once(client, 'end');
  assert.equal(received, written);
});

test('a server that stops reading takes a bounded number of bytes in, and gets all of them later', async () => {
  await using server = await testServer();
  const client = await connected(server);
  const { socket } = await server.next();
  let written = 0;
  let stalled = 0;
  // Both ends are in this process: within so many turns everything possible has been transferred.
  while (stalled < 500) {
    if (!client.writableNeedDrain) {
      client.write(chunk);
      written += chunk.length;
      stalled = 0;
    } else stalled++;
    await turn();
  }
  assert.ok(socket.bytesRead < bound, `${socket.bytesRead} bytes were read`);
  assert.ok(socket.readableLength < bound);
  let received = 0;
  socket.on('data', (bytes) => {
    received += bytes.length;
  });
  client.end();
  await once(socket, 'end');
  assert.equal(received, written);
});
