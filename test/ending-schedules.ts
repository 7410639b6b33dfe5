import assert from 'node:assert/strict';
import { array, assert as check, constantFrom, property, record } from 'fast-check';
import type { ChannelOptions } from '../src/connection/channel.ts';
import { DatagramChannel } from '../src/connection/datagram-channel.ts';
import type { Doors, Ending } from '../src/connection/engine.ts';
import { StreamChannel } from '../src/connection/stream-channel.ts';
import { TlsEngine } from '../src/connection/tls-engine.ts';
import { greetDatagram } from '../src/handshake/carriers/datagram-greeting.ts';
import type { SessionInfo } from '../src/handshake/flow/session-info.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { system } from '../src/handshake/flow/surroundings.ts';
import { Problem } from '../src/names/problems.ts';
import { DatagramWire, StreamWire } from './client-wires.ts';
import { settingsOf } from './conversation.ts';
import { PskClient } from './psk-client.ts';
import { PskClient13 } from './psk-client13.ts';

const key = '00112233445566778899aabbccddeeff';
export const peer = '127.0.0.1:40000';
export const now = 1_700_000_000_000;

/** One thing that happens; one that cannot happen at that moment is passed over. */
const happenings = [
  ...(['writes', 'writes', 'writes', 'asks', 'asks', 'updates', 'reads', 'ends'] as const),
  ...(['toServer', 'toServer', 'toServer', 'toServer', 'toClient', 'toClient', 'toClient', 'toClient'] as const),
  ...(['clientWrites', 'clientWrites', 'clientWrites', 'clientAsks', 'clientAsks', 'clientAnswers'] as const),
  ...(['clientCloses', 'clientLeaves'] as const),
] as const;

export interface Step {
  readonly what: (typeof happenings)[number];
  /** Bytes, where it is about bytes. */
  readonly amount: number;
}

export interface Schedule {
  /** True if the first handshake is a part of it. */
  readonly begins: 'before the handshake' | 'after it';
  readonly steps: readonly Step[];
  /** Bytes that the transport, and the application, hold before they are full. */
  readonly transportHolds: number;
  readonly applicationHolds: number;
}

const amounts = constantFrom(1, 7, 100, 1000, 16384, 40_000);
const schedules = record<Schedule>({
  begins: constantFrom('before the handshake', 'after it'),
  steps: array(record({ what: constantFrom(...happenings), amount: amounts }), { minLength: 10, maxLength: 80 }),
  transportHolds: constantFrom(0, 1000, 100_000),
  applicationHolds: constantFrom(0, 1000, 100_000),
});

/** Over what, and in which version, an encounter takes place. */
export const encounterKinds = [
  { name: 'TLS 1.2', words: ['-tls1_2'], over: 'stream' },
  { name: 'TLS 1.2, a FIN counts as close_notify', words: ['-tls1_2', '-ignore_unexpected_eof'], over: 'stream' },
  { name: 'TLS 1.3', words: ['-tls1_3', '-verify', '1', '-verify_quiet'], over: 'stream' },
  { name: 'DTLS 1.2', words: ['-dtls1_2'], over: 'datagrams' },
] as const;
export type EncounterKind = (typeof encounterKinds)[number];

export async function settingsFor({ words, name }: EncounterKind): Promise<Settings> {
  const upTo12 = ['-cipher', 'PSK', '-no_ticket', '-legacy_renegotiation', '-client_renegotiation'];
  return settingsOf('-nocert', '-psk', key, ...words, ...(name === 'TLS 1.3' ? [] : upTo12));
}

/** Tries as many schedules as `count` says, from this seed on. */
export function checkEndings(kind: EncounterKind, settings: Settings, { seed = 1, count = 50 }): void {
  const holds = property(schedules, (schedule) => new Encounter(kind, settings, schedule).run());
  void check(holds, { seed, numRuns: count, includeErrorInReport: true });
}

/** The most that may lie around for a full transport beyond what it holds: what was kept, a write, and flights. */
const overflow = 65_536 + 2 * 40_000 + 20_000;

/**
 * A client, our engine and an application, between which everything waits until the schedule lets it through. Checks
 * that what either side said before its end reaches the other, and that a full door is heeded.
 */
class Encounter implements Doors {
  readonly client: PskClient | PskClient13;
  readonly endings: Ending[] = [];
  private readonly schedule: Schedule;
  private readonly datagrams: boolean;
  private readonly newEngine: () => TlsEngine;
  private engine: TlsEngine | undefined;
  private info: SessionInfo | undefined;
  /** On the way. */
  private toServer: Uint8Array[] = [];
  private toClient: Uint8Array[] = [];
  private transportFull = false;
  private feedWaits = false;
  /** The application. */
  private written = '';
  private pending: string[] = [];
  private mayWrite = true;
  private applicationEnds = false;
  private saysGoodbye: 'not yet' | 'waits' | 'done' = 'not yet';
  private received = '';
  private unread = 0;
  private applicationFull = false;
  /** The client. */
  private said = '';
  private clientSide: 'open' | 'closed' | 'left' = 'open';
  private finDelivered = false;
  private clientAsked = false;
  /** Rounds in which nothing was carried although something waits. */
  private stuck = 0;

  constructor({ over, name }: EncounterKind, settings: Settings, schedule: Schedule) {
    this.schedule = schedule;
    this.datagrams = over === 'datagrams';
    const surroundings = { ...system, now: () => now, peer };
    const channel = (options: ChannelOptions) =>
      this.datagrams ? new DatagramChannel(options) : new StreamChannel(options);
    this.newEngine = () => new TlsEngine({ settings, doors: this, surroundings, channel });
    const send = (bytes: Uint8Array) => this.toServer.push(Uint8Array.from(bytes));
    this.client = name === 'TLS 1.3' ? client13(send) : client12(send, over);
    this.client.hello();
    if (this.datagrams) greeted(this.client, this.toServer);
    this.engine = this.newEngine();
  }

  run(): void {
    if (this.schedule.begins === 'after it') this.settle();
    for (const step of this.schedule.steps) this.happen(step);
    this.settle();
    this.happen({ what: 'ends', amount: 0 });
    this.settle();
    this.happen({ what: 'clientCloses', amount: 0 });
    this.settle();
    this.happen({ what: 'clientLeaves', amount: 0 });
    this.settle();
    this.judge();
  }

  toPeer(parts: readonly Uint8Array[]): boolean {
    const copies = parts.map((it) => Uint8Array.from(it));
    this.toClient.push(...(this.datagrams ? copies : [Buffer.concat(copies)]));
    const length = lengthOf(this.toClient);
    assert.ok(length <= this.schedule.transportHolds + overflow, `${length} bytes wait for a full transport`);
    if (length > this.schedule.transportHolds) this.transportFull = true;
    return !this.transportFull;
  }

  toApplication(plaintext: Uint8Array): boolean {
    assert.ok(!this.applicationFull, 'a full application gets more');
    this.received += Buffer.from(plaintext).toString('latin1');
    this.unread += plaintext.length;
    if (this.unread > this.schedule.applicationHolds) this.applicationFull = true;
    return !this.applicationFull;
  }

  resume(side: 'peer' | 'application'): void {
    if (side === 'peer') this.feedWaits = false;
    else {
      this.mayWrite = true;
      if (this.saysGoodbye === 'waits') this.saysGoodbye = 'done';
      this.pump();
    }
  }

  established(info: SessionInfo): void {
    this.info = info;
  }

  ended(reason: Ending): void {
    this.endings.push(reason);
  }

  earlyData(): void {}
  writable(): void {}
  idle(): void {}

  private happen({ what, amount }: Step): void {
    if (this.engine !== undefined) this.happenings(this.engine, amount)[what]();
  }

  private happenings(engine: TlsEngine, amount: number): Record<Step['what'], () => void> {
    return {
      writes: () => this.writes(amount),
      ends: () => {
        this.applicationEnds = true;
        this.pump();
      },
      reads: () => this.reads(engine),
      asks: () =>
        refused(() => (this.client instanceof PskClient ? engine.renegotiate({}) : engine.requestCertificate())),
      updates: () => refused(() => engine.updateKeys({ requestPeer: amount % 2 === 1 })),
      toServer: () => this.carryToServer(engine, amount),
      toClient: () => this.carryToClient(engine, amount),
      clientWrites: () => this.clientWrites(amount),
      clientAsks: () => this.clientAsks(amount),
      clientAnswers: () => {
        if (this.client instanceof PskClient13 && this.clientSide === 'open') this.client.answerRequest();
      },
      clientCloses: () => {
        if (this.clientSide !== 'open') return;
        this.clientSide = 'closed';
        this.client.close();
      },
      clientLeaves: () => {
        this.clientSide = 'left';
        if (this.client instanceof PskClient) this.client.leave();
      },
    };
  }

  private writes(amount: number): void {
    if (this.applicationEnds) return;
    const text = textOf(this.written.length, amount);
    this.written += text;
    this.pending.push(text);
    this.pump();
  }

  /** As a stream above does it: one write after the other, the next one when the engine takes more. */
  private pump(): void {
    const { engine } = this;
    if (engine === undefined) return;
    while (this.mayWrite) {
      const next = this.pending.shift();
      if (next === undefined) break;
      if (engine.write(Buffer.from(next)) === 'wait') this.mayWrite = false;
    }
    if (!this.mayWrite || !this.applicationEnds || this.saysGoodbye !== 'not yet') return;
    this.saysGoodbye = 'waits';
    if (engine.shutdown() === 'more') this.saysGoodbye = 'done';
  }

  private reads(engine: TlsEngine): void {
    this.unread = 0;
    if (!this.applicationFull) return;
    this.applicationFull = false;
    engine.consumed();
  }

  private carryToServer(engine: TlsEngine, amount: number): void {
    if (this.feedWaits || this.finDelivered) return;
    const piece = take(this.toServer, this.datagrams ? 'datagram' : amount);
    if (piece !== undefined) this.feedWaits = engine.feed(piece) === 'wait';
    else if (this.clientSide === 'left') {
      this.finDelivered = true;
      engine.end();
    }
  }

  private carryToClient(engine: TlsEngine, amount: number): void {
    const piece = take(this.toClient, this.datagrams ? 'datagram' : amount);
    if (piece !== undefined) this.client.receive(piece);
    if (this.toClient.length > 0 || !this.transportFull) return;
    this.transportFull = false;
    engine.drained();
  }

  private clientWrites(amount: number): void {
    if (this.clientSide !== 'open' || !(this.client.done || this.clientAsked)) return;
    const text = textOf(this.said.length, amount);
    this.said += text;
    this.client.write(text);
  }

  /** A renegotiation, or new keys. */
  private clientAsks(amount: number): void {
    const { client } = this;
    if (this.clientSide !== 'open' || !client.done) return;
    this.clientAsked = true;
    if (client instanceof PskClient) client.hello();
    else client.updateKeys(amount % 2 === 1 ? 'updateRequested' : 'updateNotRequested');
  }

  /** Until nothing is on its way any more. */
  private settle(): void {
    for (let quiet = 0; quiet < 3; quiet++) {
      if (this.toServer.length > 0 || this.toClient.length > 0) quiet = 0;
      const before = lengthOf(this.toServer) + lengthOf(this.toClient);
      for (const what of ['toServer', 'toClient', 'reads'] as const) this.happen({ what, amount: 16_384 });
      if (this.finDelivered) this.toServer = [];
      const after = lengthOf(this.toServer) + lengthOf(this.toClient);
      if (before > 0 && before === after && ++this.stuck > 100) assert.fail('nothing moves any more');
    }
  }

  private judge(): void {
    const how = this.endings.map((it) => (it.how === 'failed' ? it.problem.problem : it.how));
    assert.ok(!how.includes('crashed'), String(this.endings.map((it) => it.how === 'crashed' && it.error.stack)));
    // A client that leaves before the handshake is done gets nothing: there are no keys.
    if (this.info === undefined) return;
    assertSame(this.client.received.join(''), this.written, 'the client gets what was written');
    assert.deepEqual(this.client.late, [], 'nothing follows close_notify');
    assert.equal(this.client.alerts.filter((it) => it === '1 0').length, 1, 'the client gets one close_notify');
    assertSame(this.received, this.said, 'the application gets what the client said');
    assert.equal(this.saysGoodbye, 'done');
    assert.equal(how.length, 1);
    assert.match(String(how[0]), /^(?:closed|truncated)$/);
  }
}

/** Answers with a cookie until what waits for the server is a hello that an engine may see. */
export function greeted(client: PskClient | PskClient13, toServer: Uint8Array[]): void {
  for (;;) {
    const datagram = toServer.shift() ?? assert.fail('the client says nothing');
    const greeting = greetDatagram({ datagram, peer, keys: [new Uint8Array(32)] });
    if (greeting.what === 'reply') client.receive(Buffer.concat([greeting.header, greeting.message]));
    if (greeting.what !== 'start') continue;
    toServer.unshift(datagram);
    return;
  }
}

export function client12(send: (bytes: Uint8Array) => void, over: EncounterKind['over']): PskClient {
  const wire =
    over === 'stream' ? new StreamWire({ send }) : new DatagramWire({ send, now: () => now, room: datagramRoom });
  return new PskClient(Buffer.from(key, 'hex'), wire);
}

export function client13(send: (bytes: Uint8Array) => void): PskClient13 {
  const identity = Buffer.from('Client_identity');
  return new PskClient13({ identity, secret: Buffer.from(key, 'hex'), binder: 'ext binder', ageAdd: 0 }, send);
}

const datagramRoom = 1400;

/** Runs what the engine may refuse at that moment. */
export function refused(ask: () => void): void {
  try {
    ask();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** The next bytes of a queue: so many at most, or a datagram as it is. */
function take(queue: Uint8Array[], amount: number | 'datagram'): Uint8Array | undefined {
  const [first] = queue;
  if (first === undefined) return undefined;
  if (amount === 'datagram' || first.length <= amount) return queue.shift();
  queue[0] = first.subarray(amount);
  return first.subarray(0, amount);
}

/** No two parts of a long text look alike. */
export function textOf(from: number, length: number): string {
  let text = '';
  for (let at = from; text.length < length; at++) text += `${at.toString(36)} `;
  return text.slice(0, length);
}

function lengthOf(queue: readonly Uint8Array[]): number {
  return queue.reduce((sum, { length }) => sum + length, 0);
}

/** The texts are too long to be shown when they differ. */
export function assertSame(actual: string, expected: string, rule: string): void {
  assert.ok(actual === expected, `${rule}: ${actual.length} characters where ${expected.length} are expected`);
}
