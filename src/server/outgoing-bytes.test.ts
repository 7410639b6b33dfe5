import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { OutgoingBytes } from './outgoing-bytes.ts';

test('what was added leaves in its order when it is handed over, and not before', async (t) => {
  const { socket, peer } = await pair(t);
  const outgoing = new OutgoingBytes(socket);
  assert.equal(outgoing.add([Buffer.from('one '), Buffer.from('two ')]), true);
  assert.equal(outgoing.add([Buffer.from('three')]), true);
  assert.equal(socket.bytesWritten, 0);
  outgoing.flush();
  outgoing.flush();
  const [bytes] = await once(peer, 'data');
  assert.equal(String(bytes), 'one two three');
});

for (const size of [1, 2, 16]) {
  test(`a transport that is full says when it is not any more, also if the system takes all at once: ${size} parts`, async (t) => {
    const { socket, peer } = await pair(t);
    peer.resume();
    const outgoing = new OutgoingBytes(socket);
    const part = Buffer.alloc(socket.writableHighWaterMark / size);
    assert.equal(outgoing.add(Array.from({ length: size }, () => part)), false);
    const drained = once(socket, 'drain');
    outgoing.flush();
    await drained;
    assert.equal(outgoing.add([Buffer.from('more')]), true);
  });
}

test('what comes for a transport that has ended is dropped', async (t) => {
  const { socket } = await pair(t);
  const outgoing = new OutgoingBytes(socket);
  outgoing.add([Buffer.from('late')]);
  socket.end();
  outgoing.flush();
  assert.equal(outgoing.add([Buffer.from('later')]), true);
  outgoing.flush();
  assert.equal(socket.bytesWritten, 0);
});

async function pair(t: TestContext): Promise<{ socket: Socket; peer: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [peer] = (await once(server, 'connection')) as [Socket];
  if (socket.connecting) await once(socket, 'connect');
  t.after(() => {
    socket.destroy();
    peer.destroy();
    server.close();
  });
  return { socket, peer };
}
