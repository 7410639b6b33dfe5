import assert from 'node:assert/strict';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { blocksOf } from '../src/facts/capture/pcapng.test.fixture.ts';
import { createServer, type DatagramServer, type DatagramServerOptions, DtlsSocket, TlsError } from '../src/index.ts';
import { certificateFiles, folder } from './certificates.ts';
import { DatagramWire } from './client-wires.ts';
import { factsIn, onlyOne } from './facts.ts';
import { Program } from './program.ts';
import { PskClient, type PskClientOptions } from './psk-client.ts';
import { udpSocket } from './udp.ts';

const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const withKey = { datagrams: true, ciphers: 'PSK', pskCallback: () => key, goodbyeSilence: 20 } as const;
const itsId = Buffer.from('c1d0', 'hex');

/** A client that can go on from another socket. */
class Roaming {
  readonly client: PskClient;
  readonly sent: Uint8Array[] = [];
  readonly received: Uint8Array[] = [];
  /** False: what it sends is kept in `sent` alone. */
  sends = true;
  private socket: Socket;
  private readonly port: number;

  constructor(socket: Socket, port: number, options: PskClientOptions = { connectionId: itsId }) {
    this.socket = socket;
    this.port = port;
    const send = (datagram: Uint8Array) => {
      this.sent.push(Uint8Array.from(datagram));
      if (this.sends) this.socket.send(datagram, port, '127.0.0.1');
    };
    const idLength = options.connectionId?.length ?? 0;
    this.client = new PskClient(key, new DatagramWire({ room: 1400, now: Date.now, send, idLength }), options);
    this.listen();
    this.client.hello();
  }

  get localPort(): number {
    return this.socket.address().port;
  }

  /** Answers the socket that it was on. */
  moveTo(socket: Socket): Socket {
    const old = this.socket;
    old.removeAllListeners('message');
    this.socket = socket;
    this.listen();
    return old;
  }

  sendFrom(socket: Socket, datagram: Uint8Array): void {
    socket.send(datagram, this.port, '127.0.0.1');
  }

  private listen(): void {
    this.socket.on('message', (datagram) => {
      this.received.push(datagram);
      this.client.receive(datagram);
    });
  }
}

test('records of both sides have the ids of those who read them, and the type inside', async (t) => {
  const { roaming, server } = await connected(t, { connectionId: 4 });
  assert.ok(server.connectionId);
  assert.equal(server.connectionId.length, 4);
  assert.deepEqual(server.peerConnectionId, itsId);
  assert.equal(await exchanged(roaming, server), 'pong');
  const headerWith = (id: Buffer) => new RegExp(`^19fefd0001.{12}${id.toString('hex')}`);
  assert.match(lastOf(roaming.sent), headerWith(server.connectionId));
  assert.match(lastOf(roaming.received), headerWith(itsId));
});

test('with ids of no bytes the client sends none, and gets its own', async (t) => {
  const { roaming, server } = await connected(t, { connectionId: 0 });
  assert.deepEqual(server.connectionId, Buffer.alloc(0));
  assert.equal(await exchanged(roaming, server), 'pong');
  assert.match(lastOf(roaming.sent), /^17fefd0001/);
  assert.match(lastOf(roaming.received), /^19fefd0001.{12}c1d0/);
});

test('a client that wants no id for itself sends ours all the same', async (t) => {
  const { roaming, server } = await connected(t, { connectionId: 20 }, { connectionId: new Uint8Array(0) });
  assert.equal(await exchanged(roaming, server), 'pong');
  assert.match(lastOf(roaming.sent), /^19fefd0001/);
  assert.match(lastOf(roaming.received), /^17fefd0001/);
});

test('without the extension, and without the option, there are no ids', async (t) => {
  const without = await connected(t, { connectionId: 4 }, {});
  assert.equal(without.server.connectionId, false);
  assert.equal(await exchanged(without.roaming, without.server), 'pong');
  assert.match(lastOf(without.roaming.sent), /^17fefd0001/);
  const { roaming, server } = await connected(t, {});
  assert.equal(server.connectionId, false);
  assert.equal(await exchanged(roaming, server), 'pong');
  assert.match(lastOf(roaming.received), /^17fefd0001/);
});

test('a client that has moved is answered where it is, and its old address is free for another', async (t) => {
  const { roaming, server, listener } = await connected(t, { connectionId: 4 });
  const old = await moved(t, roaming);
  const told = once(server, 'moved');
  roaming.client.write('I am here now');
  await told;
  assert.equal(server.remotePort, roaming.localPort);
  assert.equal(String((await once(server, 'data'))[0]), 'I am here now');
  assert.equal(await exchanged(roaming, server), 'pong');
  const another = new Roaming(old, portOf(listener), {});
  const [second] = await once(listener, 'secureConnection');
  await until(() => another.client.done);
  assert.equal(second.destroyed || server.destroyed, false);
  assert.equal(await exchanged(roaming, server), 'pong');
});

test('what was sent earlier arrives from anywhere, and moves nobody', async (t) => {
  const { roaming, server } = await connected(t, { connectionId: 4 });
  const { localPort } = roaming;
  roaming.sends = false;
  roaming.client.write('the earlier one');
  roaming.sends = true;
  const earlier = roaming.sent.at(-1) ?? Buffer.alloc(0);
  assert.equal(await exchanged(roaming, server), 'pong');
  roaming.sendFrom(await udpSocket(t), earlier);
  assert.equal(String((await once(server, 'data'))[0]), 'the earlier one');
  assert.equal(server.remotePort, localPort);
});

test('a record that comes a second time, or is not genuine, moves nobody', async (t) => {
  const { roaming, server } = await connected(t, { connectionId: 4 });
  const { localPort } = roaming;
  assert.equal(await exchanged(roaming, server), 'pong');
  const elsewhere = await udpSocket(t);
  const known = Buffer.from(roaming.sent.at(-1) ?? []);
  roaming.sendFrom(elsewhere, known);
  const forged = Buffer.from(known);
  // A number far ahead.
  forged[9] = 0xff;
  roaming.sendFrom(elsewhere, forged);
  assert.equal(await exchanged(roaming, server), 'pong');
  assert.equal(server.remotePort, localPort);
});

test('a new address gets three times what came from it, until an answer comes from there', async (t) => {
  const { roaming, server } = await connected(t, { connectionId: 4 });
  await moved(t, roaming);
  const told = once(server, 'moved');
  const before = roaming.received.length;
  roaming.client.write('short');
  await told;
  assert.equal(String((await once(server, 'data'))[0]), 'short');
  const came = roaming.sent.at(-1)?.length ?? 0;
  // Too much, and lost; then one that fits.
  server.write(Buffer.alloc(1000));
  server.write('fits');
  await until(() => roaming.client.received.includes('fits'));
  const lengths = roaming.received.slice(before).map(({ length }) => length);
  assert.equal(lengths.length, 1);
  assert.ok((lengths[0] ?? 0) <= 3 * came);
  roaming.client.write('an answer');
  assert.equal(String((await once(server, 'data'))[0]), 'an answer');
  server.write(Buffer.alloc(1000, 'x'));
  await until(() => roaming.client.received.includes('x'.repeat(1000)));
});

test('a renegotiation and a resumption agree on ids anew', async (t) => {
  const options = { connectionId: 3, renegotiation: 'byEither', legacyRenegotiation: true } as const;
  const { roaming, server, listener } = await connected(t, options);
  const again = once(server, 'renegotiated');
  roaming.client.hello();
  await again;
  await until(() => roaming.client.done);
  assert.equal(await exchanged(roaming, server), 'pong');
  assert.match(lastOf(roaming.sent), /^19fefd0002/);
  const { session } = roaming.client;
  const later = new Roaming(await udpSocket(t), portOf(listener), { session, connectionId: Buffer.from('0a', 'hex') });
  const [socket] = await once(listener, 'secureConnection');
  assert.equal(socket.isSessionReused(), true);
  assert.deepEqual(socket.peerConnectionId, Buffer.from('0a', 'hex'));
  await until(() => later.client.done);
  assert.equal(await exchanged(later, socket), 'pong');
});

test('a message is as long as a record with an id can hold', async (t) => {
  const { roaming, server } = await connected(t, { connectionId: 4 });
  assert.equal(server.maxMessageLength, 16383);
  server.write(Buffer.alloc(16383, 'y'));
  await until(() => roaming.client.received.length === 1);
  assert.equal(roaming.client.received[0]?.length, 16383);
});

test('the option takes 0 to 20 bytes', () => {
  for (const connectionId of [-1, 21, 1.5]) {
    assert.throws(() => createServer({ ...withKey, connectionId }), TlsError);
  }
});

test('-cid tells the ids that were agreed on', async (t) => {
  const program = await Program.start(
    t,
    '-dtls',
    '-cid',
    '2',
    '-nocert',
    '-psk',
    key.toString('hex'),
    '-cipher',
    'PSK',
  );
  const roaming = new Roaming(await udpSocket(t), program.port);
  await program.prints(/^Connection ids: ours [0-9A-F]{4}, the client's C1D0$/m);
  await until(() => roaming.client.done);
  await moved(t, roaming);
  roaming.client.write('from elsewhere.');
  await program.prints(/from elsewhere\./);
});

test('facts tell the ids and the new address, and the capture has each datagram under its own', async (t) => {
  const capture = join(folder(t), 'capture.pcapng');
  const words = ['-dtls', '-cid', '2', '-nocert', '-psk', key.toString('hex'), '-cipher', 'PSK', '-explain'];
  const program = new Program(['-json', '-', '-pcapng', capture, ...words]);
  t.after(() => program.stop());
  await program.prints(/"fact":"listening".*\n/);
  const { port = 0 } = onlyOne(factsIn(program.out), 'listening');
  const roaming = new Roaming(await udpSocket(t), port);
  await until(() => roaming.client.done);
  const before = roaming.localPort;
  await moved(t, roaming);
  roaming.client.write('from elsewhere.');
  await program.prints(/"fact":"moved".*\n/);
  program.process.stdin.write('welcome\n');
  await until(() => roaming.client.received.includes('welcome\n'));
  await program.stop();
  const facts = factsIn(program.out);
  const { connectionIds } = onlyOne(facts, 'established');
  assert.match(connectionIds?.ours ?? '', /^[0-9a-f]{4}$/);
  assert.equal(connectionIds?.theirs, 'c1d0');
  const { from, to } = onlyOne(facts, 'moved');
  const address = '127.0.0.1';
  assert.deepEqual({ from, to }, { from: { address, port: before }, to: { address, port: roaming.localPort } });
  assert.match(program.err, new RegExp(`^#1 127.0.0.1:${before} is at 127.0.0.1:${roaming.localPort} now$`, 'm'));
  const ends = portsIn(readFileSync(capture));
  assert.deepEqual(
    [ends.at(-2), ends.at(-1)],
    [
      [roaming.localPort, port],
      [port, roaming.localPort],
    ],
  );
  assert.equal(ends[0]?.[0], before);
});

/** Source and destination of each packet over UDP and IPv4. */
function portsIn(capture: Uint8Array): readonly (readonly number[])[] {
  const packets = blocksOf(capture).filter(({ type }) => type === 6);
  return packets.map(({ body }) => [20, 22].map((at) => Buffer.from(body).readUInt16BE(20 + at)));
}

for (const [words, line] of [
  [['-cid', '21', '-dtls'], 's_server: Connection id length 21 is out of permitted range'],
  [['-cid', '-1', '-dtls'], 's_server: Connection id length -1 is out of permitted range'],
  [['-cid', '4'], "Can't use -cid without DTLS"],
] as const) {
  test(`${words.join(' ')} is refused`, async (t) => {
    const program = new Program([...words, ...certificateFiles(t, 'P-256').words]);
    t.after(() => program.stop());
    await program.closed;
    assert.match(program.err, new RegExp(`^${line}$`, 'm'));
    assert.equal(program.process.exitCode, 1);
  });
}

interface Connected {
  readonly listener: DatagramServer;
  readonly roaming: Roaming;
  readonly server: DtlsSocket;
}

async function connected(
  t: TestContext,
  options: Partial<DatagramServerOptions>,
  client?: PskClientOptions,
): Promise<Connected> {
  const listener = createServer({ ...withKey, ...options });
  const sockets = new Set<DtlsSocket>();
  listener.on('secureConnection', (socket) => sockets.add(socket));
  t.after(() => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const roaming = new Roaming(await udpSocket(t), portOf(listener), client);
  const [server] = await once(listener, 'secureConnection');
  assert.ok(server instanceof DtlsSocket);
  await until(() => roaming.client.done);
  return { listener, roaming, server };
}

/** To another port; answers the socket that it has left. */
async function moved(t: TestContext, roaming: Roaming): Promise<Socket> {
  return roaming.moveTo(await udpSocket(t));
}

function portOf(listener: DatagramServer): number {
  return listener.address()?.port ?? 0;
}

/** What the client gets for a message that arrives. */
async function exchanged(roaming: Roaming, server: DtlsSocket): Promise<string | undefined> {
  const arrived = once(server, 'data');
  roaming.client.write('ping');
  assert.equal(String((await arrived)[0]), 'ping');
  const before = roaming.client.received.length;
  server.write('pong');
  await until(() => roaming.client.received.length > before);
  return roaming.client.received.at(-1);
}

function lastOf(datagrams: readonly Uint8Array[]): string {
  return Buffer.from(datagrams.at(-1) ?? []).toString('hex');
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(condition());
}
