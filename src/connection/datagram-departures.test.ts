import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fragmentsOf } from '../handshake/carriers/datagram-assembly.ts';
import { HelloRequest } from '../messages/hello-request.ts';
import { ServerHelloDone } from '../messages/server-hello-done.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { Version } from '../names/versions.ts';
import { datagramHeaderLength, recordsOf } from '../record/datagram-record.ts';
import { plain } from '../record/plain.ts';
import { ReadEpoch } from '../record/read-epoch.ts';
import { DatagramDepartures } from './datagram-departures.ts';

test('the time-out doubles with each repetition, up to a minute', () => {
  const { departures, waits } = sending();
  send(departures, 100);
  const times = Array.from({ length: 9 }, () => {
    const wait = waits();
    departures.expire();
    return wait;
  });
  assert.deepEqual(times, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('the first time-out is that of the options, and may be another one for the flights to come', () => {
  const { departures, waits } = sending({ initialTimeout: 400 });
  send(departures, 100);
  assert.equal(waits(), 400);
  departures.adapt({ initialTimeout: 9000 });
  assert.equal(waits(), 400);
  departures.answered();
  send(departures, 100);
  assert.equal(waits(), 9000);
});

test('a flight after one that was repeated keeps its time-out; after one without loss it begins anew', () => {
  const { departures, waits } = sending();
  send(departures, 100);
  departures.expire();
  departures.answered();
  send(departures, 100);
  assert.equal(waits(), 2000);
  departures.answered();
  send(departures, 100);
  assert.equal(waits(), 1000);
});

test('after ten time-outs of idleness the time-out begins anew', () => {
  const { departures, waits, clock } = sending();
  send(departures, 100);
  departures.expire();
  departures.answered();
  clock.now += 20_000;
  send(departures, 100);
  assert.equal(waits(), 1000);
});

test('a flight that is repeated in vain is cut into smaller datagrams, which hold the same message', () => {
  const { departures, sent } = sending({ room: 1372 });
  send(departures, 3000);
  const largest = [];
  for (let times = 0; times < 8; times++) {
    largest.push(Math.max(...sent.map(({ length }) => length)));
    assert.deepEqual(bodyIn(sent), Buffer.alloc(3000, 7));
    sent.length = 0;
    departures.expire();
  }
  assert.deepEqual(largest, [1372, 1372, 1372, 548, 548, 548, 228, 228]);
});

test('a datagram is never made larger by repetitions than the MTU allows', () => {
  const { departures, sent } = sending({ room: 228 });
  send(departures, 3000);
  for (let times = 0; times < 8; times++) departures.expire();
  assert.equal(Math.max(...sent.map(({ length }) => length)), 228);
});

test('a new flight has the smaller size too', () => {
  const { departures, sent } = sending({ room: 1372 });
  send(departures, 3000);
  for (let times = 0; times < 3; times++) departures.expire();
  departures.answered();
  sent.length = 0;
  send(departures, 3000);
  assert.equal(Math.max(...sent.map(({ length }) => length)), 548);
});

test('a flight is repeated twelve times at most because the peer repeats its own', () => {
  const { departures, sent, clock } = sending();
  send(departures, 100);
  for (let times = 0; times < 40; times++) {
    clock.now += 250;
    departures.repeat();
  }
  assert.equal(sent.length, 13);
  departures.answered();
  send(departures, 100);
  clock.now += 250;
  departures.repeat();
  assert.equal(sent.length, 15);
});

test('the numbers of an epoch do not wrap: nothing follows the highest, and an alert about that is not sent', () => {
  const { departures, sent } = sending();
  departures.begin({ message: 1, record: 2 ** 48 - 1 });
  send(departures, 100);
  assert.throws(() => send(departures, 100), { problem: 'sequenceCtrWrapped' });
  departures.content(ContentType.applicationData, version, Buffer.alloc(1));
  departures.content(ContentType.alert, version, Buffer.alloc(2));
  departures.flush();
  assert.equal(sent.length, 1);
});

test('a second HelloRequest has the number of the first, as the client may have got none', () => {
  const { departures, sent } = sending();
  for (let times = 0; times < 2; times++) {
    departures.message(ContentType.handshake, version, Uint8Array.of(HelloRequest.type, 0, 0, 0));
    departures.flush();
  }
  assert.deepEqual(numbersIn(sent), [0, 0]);
});

test('no keys follow those of the last epoch, in either direction', () => {
  const { departures, reading } = sending();
  for (let epoch = 0; epoch < 0xffff; epoch++) {
    departures.protectReading('application', plain);
    departures.protectWriting('application', plain);
  }
  assert.equal(reading.number, 0xffff);
  assert.throws(() => departures.protectReading('application', plain), Problem);
  assert.throws(() => departures.protectWriting('application', plain), Problem);
  assert.equal(reading.number, 0xffff);
});

const version = Version['TLSv1.2'];

function sending({ room = 1372, initialTimeout = 1000 } = {}) {
  const clock = { now: 0 };
  const sent: Uint8Array[] = [];
  const reading = new ReadEpoch();
  const departures = new DatagramDepartures({
    ...{ reading, tell: {}, maxSendFragment: 16384, room, initialTimeout },
    now: () => clock.now,
    toPeer: (datagrams) => sent.push(...datagrams),
  });
  /** waits returns the milliseconds until the next repetition. */
  const waits = () => (departures.deadline ?? Infinity) - clock.now;
  return { clock, departures, reading, sent, waits };
}

/** send sends a flight of one message. */
function send(departures: DatagramDepartures, length: number): void {
  const header = Uint8Array.of(ServerHelloDone.type, 0, length >>> 8, length);
  departures.message(ContentType.handshake, version, Buffer.concat([header, Buffer.alloc(length, 7)]));
  departures.flush();
}

function fragmentsIn(datagrams: readonly Uint8Array[]) {
  return datagrams.flatMap((it) => recordsOf(it)).flatMap(({ body }) => fragmentsOf(body));
}

function bodyIn(datagrams: readonly Uint8Array[]): Buffer {
  return Buffer.concat(fragmentsIn(datagrams).map(({ body }) => body));
}

function numbersIn(datagrams: readonly Uint8Array[]): number[] {
  assert.ok(datagrams.every(({ length }) => length > datagramHeaderLength));
  return fragmentsIn(datagrams).map(({ sequence }) => sequence);
}
