import assert from 'node:assert/strict';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import type { DatagramGreeted } from '../../handshake/carriers/datagram-greeting.ts';
import { CookieKeys } from '../../handshake/flow/stateless-cookie.ts';
import type { Transport } from '../transport/transport.ts';
import { DatagramListener, type DatagramListenOptions } from './datagram-listener.ts';

test('only who comes again with a cookie is somebody, and once', async (t) => {
  const { taken, comes } = await listening(t);
  const cookie = cookieIn(comes(hello(1), 5001));
  assert.equal(taken.length, 0);
  comes(hello(1, cookie), 5002);
  assert.equal(taken.length, 0);
  comes(hello(1, cookie), 5001);
  comes(hello(1, cookie), 5001);
  assert.deepEqual(
    taken.map(({ remotePort }) => remotePort),
    [5001],
  );
});

test('what a peer sends reaches it alone, in one piece', async (t) => {
  const { taken, comes } = await listening(t);
  for (const port of [5001, 5002]) comes(hello(port, cookieIn(comes(hello(port), port))), port);
  const [first, second] = taken;
  comes(Buffer.from('a'), 5001);
  comes(Buffer.from('bc'), 5001);
  assert.deepEqual([first?.readableLength, second?.readableLength], [3, 1]);
  first?.read();
  assert.deepEqual(first?.read(), Buffer.from('a'));
  assert.deepEqual(first?.read(), Buffer.from('bc'));
});

test('who begins anew from an address ends what has not come to a handshake', async (t) => {
  const { taken, comes } = await listening(t);
  for (const random of [1, 2]) comes(hello(random, cookieIn(comes(hello(random), 5001))), 5001);
  assert.deepEqual(
    taken.map(({ destroyed }) => destroyed),
    [true, false],
  );
});

test('an association with a handshake lasts until the newer one has one', async (t) => {
  const { taken, comes } = await listening(t);
  for (const random of [1, 2, 3]) {
    comes(hello(random, cookieIn(comes(hello(random), 5001))), 5001);
    if (random === 1) taken[0]?.proven?.();
  }
  const destroyed = () => taken.map((it) => it.destroyed);
  assert.deepEqual(destroyed(), [false, true, false]);
  taken[2]?.proven?.();
  assert.deepEqual(destroyed(), [true, true, false]);
  comes(Buffer.from('data'), 5001);
  assert.equal(taken[2]?.readableLength, 2);
});

test('two associations of an address each get their own hello, and both get the rest', async (t) => {
  const { taken, comes } = await listening(t);
  const hellos = [1, 2].map((random) => hello(random, cookieIn(comes(hello(random), 5001))));
  for (const datagram of hellos) {
    comes(datagram, 5001);
    taken[0]?.proven?.();
  }
  for (const datagram of [...hellos, Buffer.from('data')]) comes(datagram, 5001);
  assert.deepEqual(
    taken.map((it) => it.readableLength),
    [3, 3],
  );
});

test('a newer association that ends without a handshake leaves the older one alone', async (t) => {
  const { taken, comes } = await listening(t);
  for (const random of [1, 2]) {
    comes(hello(random, cookieIn(comes(hello(random), 5001))), 5001);
    taken[0]?.proven?.();
  }
  taken[1]?.destroy();
  if (taken[1]) await once(taken[1], 'close');
  comes(Buffer.from('data'), 5001);
  assert.deepEqual(
    taken.map((it) => [it.destroyed, it.readableLength]),
    [
      [false, 2],
      [true, 1],
    ],
  );
});

test('the hello of an association that has ended after its handshake begins no other one', async (t) => {
  const { taken, comes } = await listening(t);
  const [first, failed] = [1, 2].map((random) => hello(random, cookieIn(comes(hello(random), 5000 + random))));
  comes(first ?? empty, 5001);
  comes(failed ?? empty, 5002);
  taken[0]?.proven?.();
  for (const transport of taken) {
    transport.destroy();
    await once(transport, 'close');
  }
  comes(first ?? empty, 5001);
  assert.equal(taken.length, 2);
  // A client that has not finished its handshake waits for an answer.
  comes(failed ?? empty, 5002);
  comes(hello(3, cookieIn(comes(hello(3), 5001))), 5001);
  assert.equal(taken.length, 4);
});

test('peers are no more than allowed, and one that goes makes room', async (t) => {
  const { taken, comes } = await listening(t, { maxPeers: 1 });
  comes(hello(1, cookieIn(comes(hello(1), 5001))), 5001);
  assert.equal(comes(hello(2), 5002), undefined);
  taken[0]?.destroy();
  comes(hello(2, cookieIn(comes(hello(2), 5002))), 5002);
  assert.equal(taken.length, 2);
});

test('what comes while nobody takes what is printed is lost', async (t) => {
  const backlog = { full: true, whenRoom: () => undefined };
  const { comes } = await listening(t, { backlog });
  assert.equal(comes(hello(1), 5001), undefined);
  backlog.full = false;
  assert.notEqual(comes(hello(1), 5001), undefined);
});

test('a datagram from port 0, which nothing can be sent to, is passed over', async (t) => {
  const { comes } = await listening(t);
  assert.equal(comes(hello(1), 0), undefined);
});

test('a peer that is not read keeps a bounded number of datagrams', async (t) => {
  const { taken, comes } = await listening(t);
  comes(hello(1, cookieIn(comes(hello(1), 5001))), 5001);
  for (let count = 0; count < 1000; count++) comes(Buffer.from('more'), 5001);
  assert.ok((taken[0]?.readableLength ?? 0) <= 128);
});

test('what comes before anybody takes it waits', async (t) => {
  const greeted: DatagramGreeted[] = [];
  const { listener, socket } = await bound(t, { greeted: (it) => greeted.push(it) });
  socket.emit('message', hello(1), from(5001));
  assert.equal(greeted.length, 0);
  listener.accept(() => {});
  assert.equal(greeted.length, 1);
});

const empty = new Uint8Array(0);

async function listening(t: TestContext, options: Partial<DatagramListenOptions> = {}) {
  const greetings: DatagramGreeted[] = [];
  const { listener, socket } = await bound(t, { ...options, greeted: (greeting) => greetings.push(greeting) });
  const taken: Transport[] = [];
  listener.accept((transport) => {
    transport.on('error', () => {});
    taken.push(transport);
  });
  /** comes returns the greeting of a datagram. */
  const comes = (datagram: Uint8Array, port: number): DatagramGreeted | undefined => {
    greetings.length = 0;
    socket.emit('message', datagram, from(port));
    return greetings[0];
  };
  return { taken, comes };
}

async function bound(t: TestContext, options: Partial<DatagramListenOptions>) {
  const socket: Socket = createSocket('udp4');
  t.after(() => socket.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const cookieKeys = new CookieKeys((length) => new Uint8Array(length));
  return { socket, listener: new DatagramListener(socket, 'ACCEPT', { cookieKeys, now: () => 0, ...options }) };
}

function from(port: number): RemoteInfo {
  return { address: '127.0.0.1', family: 'IPv4', port, size: 0 };
}

function cookieIn(greeting: DatagramGreeted | undefined): Uint8Array {
  assert.equal(greeting?.what, 'reply');
  return greeting?.what === 'reply' ? greeting.message.subarray(-20) : new Uint8Array(0);
}

/** A ClientHello of DTLS 1.2 without extensions. */
function hello(random: number, cookie: Uint8Array = new Uint8Array(0)): Uint8Array {
  const body = Buffer.concat([
    Buffer.from('fefd', 'hex'),
    Buffer.alloc(32, random),
    Uint8Array.of(0, cookie.length),
    cookie,
    Buffer.from('0002c02b0100', 'hex'),
  ]);
  const length = Uint8Array.of(0, 0, body.length);
  const message = Buffer.concat([Uint8Array.of(1), length, new Uint8Array(5), length, body]);
  return Buffer.concat([Buffer.from('16fefd0000000000000000', 'hex'), Uint8Array.of(0, message.length), message]);
}
