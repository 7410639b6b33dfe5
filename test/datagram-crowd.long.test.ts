import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { EventEmitter, on, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CookieKeys } from '../src/handshake/flow/stateless-cookie.ts';
import { DatagramListener } from '../src/server/listening/datagram-listener.ts';
import { DatagramWire } from './client-wires.ts';
import { PskClient } from './psk-client.ts';

const count = 10_000;
/** Bytes of an idle association in heap and buffers. */
const most = 12 * 1024;
const hellos = 100_000;
const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
/** Only Linux lets a socket have any address of 127/8; ports would not be enough. */
const skip = process.platform !== 'linux' && 'needs 10,000 addresses of the loopback';

test('10,000 associations live in one process, below 12 KiB each, and are answered', { skip }, async (t) => {
  const child = fork(fileURLToPath(new URL('./datagram-echo-server.js', import.meta.url)), [], {
    execArgv: ['--expose-gc'],
  });
  t.after(() => child.kill());
  const [port] = await once(child, 'message');
  // What is compiled and cached once is no part of an association.
  await inTurns(500, (number) => converses(port, `127.2.${number >> 8}.${number & 255}`));
  const before = await memoryOf(child);
  await inTurns(count, (number) => converses(port, `127.1.${number >> 8}.${number & 255}`));
  const after = await memoryOf(child);
  const each = Math.round((after.used - before.used) / count);
  const resident = Math.round((after.resident - before.resident) / count);
  t.diagnostic(`${count} associations: ${each} bytes of heap and buffers each, ${resident} resident`);
  assert.ok(each < most, `${each} bytes each`);
});

test('100,000 hellos of as many addresses, whole ones and fragments, leave no state', (t) => {
  const socket = new FakeSocket();
  let accepted = 0;
  const cookieKeys = new CookieKeys((length) => new Uint8Array(length));
  const listener = new DatagramListener(socket as unknown as Socket, '', { cookieKeys, now: () => 0 });
  listener.accept(() => accepted++);
  const hello = firstHello();
  const fragment = firstHello(13 + 12 + 20);
  const send = (first: number, number: number) => {
    for (let at = first; at < first + number; at++) {
      socket.arrives(at % 2 === 0 ? hello : fragment, addressOf(at));
    }
  };
  send(0, 20_000);
  const before = heap();
  send(20_000, hellos);
  const grown = heap() - before;
  t.diagnostic(`${hellos} hellos: the heap is ${grown} bytes larger`);
  assert.equal(accepted, 0);
  // Compiled code and the last fragments: far less than an entry for each.
  assert.ok(grown < 10 * hellos, `${grown} bytes`);
  assert.ok(socket.sent < socket.received, 'the answers are shorter than the hellos');
  listener.close();
});

/** FakeSocket counts the bytes of both directions. */
class FakeSocket extends EventEmitter {
  received = 0;
  sent = 0;

  arrives(datagram: Uint8Array, from: RemoteInfo): void {
    this.received += datagram.length;
    this.emit('message', datagram, from);
  }

  address(): AddressInfo {
    return { address: '192.0.2.1', family: 'IPv4', port: 5684 };
  }

  send(datagram: Uint8Array, _port: number, _address: string, done: () => void): void {
    this.sent += datagram.length;
    done();
  }

  close(): void {}
}

/** The first datagram of a client that has this much room in one. */
function firstHello(room = 1400): Uint8Array {
  const sent: Uint8Array[] = [];
  const wire = new DatagramWire({ room, now: Date.now, send: (datagram) => sent.push(datagram) });
  new PskClient(key, wire).hello();
  return sent[0] ?? assert.fail();
}

function addressOf(number: number): RemoteInfo {
  const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  return { address, family: 'IPv4', port: 40000, size: 0 };
}

/** Bytes of the heap and of buffers outside it, after a collection. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let times = 0; times < 3; times++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** One client that gets its answer and is never heard again. */
async function converses(port: number, address: string): Promise<void> {
  const socket = createSocket('udp4').bind(0, address);
  await once(socket, 'listening');
  const send = (datagram: Uint8Array) => socket.send(datagram, port, '127.0.0.1');
  const client = new PskClient(key, new DatagramWire({ room: 1400, now: Date.now, send }));
  client.hello();
  let asked = false;
  for await (const [datagram] of on(socket, 'message', { signal: AbortSignal.timeout(20_000) })) {
    client.receive(datagram);
    if (client.done && !asked) client.write('ping');
    asked = client.done;
    if (client.received.length > 0) break;
  }
  socket.close();
}

/** Eight at a time. */
async function inTurns(times: number, work: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function memoryOf(child: ChildProcess): Promise<{ readonly used: number; readonly resident: number }> {
  await setTimeout(500);
  child.send('memory');
  const [memory] = await once(child, 'message');
  return memory;
}
