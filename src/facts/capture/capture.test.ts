import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Capture, type CaptureOptions } from './capture.ts';
import { type Block, blocksOf } from './pcapng.test.fixture.ts';

const ends = { client: { host: '192.0.2.1', port: 40000 }, server: { host: '192.0.2.2', port: 4433 } };
const secretsType = 10;

class Turns {
  time = 0;
  packets = 0;
  readonly written: Block[][] = [];
  readonly capture: Capture;
  private waiting: (() => void)[] = [];

  constructor(options: Partial<CaptureOptions> = {}) {
    this.capture = new Capture({
      write: (blocks, packets) => {
        this.written.push(blocksOf(blocks));
        this.packets += packets;
      },
      now: () => this.time,
      later: (run) => this.waiting.push(run),
      ...options,
    });
  }

  end(): Block[] {
    for (const run of this.waiting.splice(0)) run();
    return this.written.splice(0).flat();
  }
}

function secret(capture: Capture, label: string): void {
  capture.observer().secret?.(label, Uint8Array.of(1), Uint8Array.of(2));
}

/** Microseconds. */
function timeOf({ body }: Block): number {
  return new DataView(body.buffer, body.byteOffset).getUint32(8);
}

function sourceOf({ body }: Block): string {
  const packet = body.subarray(20);
  const isOld = packet[0] === 0x45;
  const port = new DataView(packet.buffer, packet.byteOffset).getUint16(isOld ? 20 : 40);
  return `${Buffer.from(packet.subarray(isOld ? 12 : 8, isOld ? 16 : 24)).toString('hex')}:${port}`;
}

test('the secrets of a turn stand before the piece from which they were derived', () => {
  const turns = new Turns();
  const connection = turns.capture.tcp(ends);
  connection.arrived(Uint8Array.of(1));
  secret(turns.capture, 'CLIENT_RANDOM');
  connection.sent(Uint8Array.of(2));
  assert.deepEqual(
    turns.end().map(({ type }) => type),
    [secretsType, 6, 6],
  );
  assert.equal(turns.packets, 2);
});

test('a piece has the time at which it arrived, not that of its being written', () => {
  const turns = new Turns();
  const connection = turns.capture.tcp(ends);
  turns.time = 1;
  connection.arrived(Uint8Array.of(1));
  turns.time = 5;
  assert.deepEqual(turns.end().map(timeOf), [1000]);
});

test('a piece that waits for an answer is written behind the secrets that come with the answer', () => {
  const turns = new Turns();
  const connection = turns.capture.tcp(ends);
  let waits = true;
  connection.awaitsAnswer = () => waits;
  connection.arrived(Uint8Array.of(1));
  assert.deepEqual(turns.end(), []);
  waits = false;
  secret(turns.capture, 'CLIENT_EARLY_TRAFFIC_SECRET');
  assert.deepEqual(
    turns.end().map(({ type }) => type),
    [secretsType, 6],
  );
});

test('what waits for an answer is bounded', () => {
  const turns = new Turns();
  const connection = turns.capture.udp(ends);
  connection.awaitsAnswer = () => true;
  for (let sent = 0; sent < 17; sent++) connection.arrived(new Uint8Array(65_507));
  assert.equal(turns.end().length, 17);
});

test('what waits for an answer is written when the capture is closed', () => {
  const turns = new Turns();
  const connection = turns.capture.tcp(ends);
  connection.awaitsAnswer = () => true;
  connection.arrived(Uint8Array.of(1));
  turns.capture.close();
  assert.equal(turns.end().length, 1);
});

test('a failure comments the newest packet of its turn, or the next one', () => {
  const turns = new Turns();
  const connection = turns.capture.tcp(ends);
  const comments = () => turns.end().map(({ body }) => Buffer.from(body).includes('wrong'));
  connection.arrived(Uint8Array.of(1));
  connection.sent(Uint8Array.of(2));
  connection.failed('wrong');
  assert.deepEqual(comments(), [false, true]);
  connection.failed('wrong');
  connection.ended('out');
  connection.ended('in');
  assert.deepEqual(comments(), [true, false, false]);
});

test('without secrets none is written', () => {
  const turns = new Turns({ withoutSecrets: true });
  const connection = turns.capture.tcp(ends);
  secret(turns.capture, 'CLIENT_RANDOM');
  connection.arrived(Uint8Array.of(1));
  assert.deepEqual(
    turns.end().map(({ type }) => type),
    [6],
  );
});

test('connections of a unix socket are told apart by ports from 49152 up, which are used again', () => {
  const turns = new Turns();
  const open = () => {
    turns.capture.unix().opened();
    return turns.end().slice(0, 2).map(sourceOf);
  };
  assert.deepEqual(open(), ['7f000001:49152', '7f000001:4433']);
  assert.deepEqual(open(), ['7f000001:49153', '7f000001:4433']);
  for (let port = 49154; port <= 65535; port++) turns.capture.unix();
  assert.deepEqual(open(), ['7f000001:49152', '7f000001:4433']);
});

test('an IPv4 address in IPv6 clothes is an IPv4 address, and both ends have the same version', () => {
  const turns = new Turns();
  const mapped = { host: '::ffff:192.0.2.1', port: 1 };
  turns.capture.udp({ client: mapped, server: { host: '::', port: 2 } }).sent(Uint8Array.of(1));
  turns.capture
    .udp({ client: { host: '2001:db8::1', port: 1 }, server: { host: '::', port: 2 } })
    .arrived(Uint8Array.of(1));
  const [own, foreign] = turns.end().map(sourceOf);
  assert.equal(own, '00000000:2');
  assert.equal(foreign, '20010db8000000000000000000000001:1');
});
