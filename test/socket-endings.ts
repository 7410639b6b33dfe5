import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { array, asyncProperty, assert as check, constantFrom, record } from 'fast-check';
import type { ChannelOptions } from '../src/connection/channel.ts';
import { DatagramChannel } from '../src/connection/datagram-channel.ts';
import type { Doors } from '../src/connection/engine.ts';
import { TlsEngine } from '../src/connection/tls-engine.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { system } from '../src/handshake/flow/surroundings.ts';
import { DtlsSocket } from '../src/server/sockets/dtls-socket.ts';
import { TlsSocket, type TlsSocketOptions } from '../src/server/sockets/tls-socket.ts';
import { MemoryTransport } from '../src/server/transport/memory-transport.test.fixture.ts';
import {
  assertSame,
  client12,
  client13,
  type EncounterKind,
  greeted,
  now,
  peer,
  refused,
  textOf,
} from './ending-schedules.ts';
import { PskClient } from './psk-client.ts';
import type { PskClient13 } from './psk-client13.ts';

/** One thing that happens; one that cannot happen at that moment is passed over. */
const happenings = [
  ...(['writes', 'writes', 'writes', 'corks', 'uncorks', 'asks', 'pauses', 'resumes', 'ends', 'ends'] as const),
  ...(['toServer', 'toServer', 'toServer', 'toClient', 'toClient', 'toClient', 'turn', 'turn'] as const),
  ...(['clientWrites', 'clientWrites', 'clientAsks', 'clientCloses', 'clientLeaves'] as const),
] as const;

/** Of datagrams: a longer write fails. */
const longestMessage = 16_384;

interface Step {
  readonly what: (typeof happenings)[number];
  /** Bytes, where it is about bytes. */
  readonly amount: number;
}

/** The ways to end that send all that was written. */
const ways = ['end', 'destroySoon', 'hangUp', 'end and hangUp'] as const;

interface Schedule {
  readonly begins: 'before the handshake' | 'after it';
  readonly way: (typeof ways)[number];
  readonly steps: readonly Step[];
}

const schedules = record<Schedule>({
  begins: constantFrom('before the handshake', 'after it'),
  way: constantFrom(...ways),
  steps: array(record({ what: constantFrom(...happenings), amount: constantFrom(1, 100, 5000, 40_000) }), {
    minLength: 5,
    maxLength: 50,
  }),
});

/** Tries as many schedules as `count` says, from this seed on. */
export async function checkSocketEndings(
  kind: EncounterKind,
  settings: Settings,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<void> {
  const holds = asyncProperty(schedules, (schedule) => new SocketEncounter(kind, settings, schedule).run());
  await check(holds, { seed, numRuns: count, includeErrorInReport: true });
}

/** A client, our socket with its engine, and an application, over a transport that carries when the schedule says so. */
class SocketEncounter {
  private readonly schedule: Schedule;
  private readonly transport: MemoryTransport;
  private readonly datagrams: boolean;
  private readonly client: PskClient | PskClient13;
  private readonly socket: TlsSocket;
  private readonly said: Uint8Array[] = [];
  private clientText = '';
  private clientSide: 'open' | 'closed' | 'left' = 'open';
  private finGiven = false;
  private written = '';
  private received = '';
  private readEnd = false;

  constructor({ name, over }: EncounterKind, settings: Settings, schedule: Schedule) {
    this.schedule = schedule;
    this.datagrams = over === 'datagrams';
    this.transport = new MemoryTransport({ over });
    const send = (bytes: Uint8Array) => this.said.push(Uint8Array.from(bytes));
    this.client = name === 'TLS 1.3' ? client13(send) : client12(send, over);
    this.socket = this.newSocket(settings);
    this.socket.on('data', (bytes) => {
      this.received += bytes.toString('latin1');
    });
    this.socket.on('end', () => {
      this.readEnd = true;
    });
    this.client.hello();
    if (this.datagrams) greeted(this.client, this.said);
  }

  private newSocket(settings: Settings): TlsSocket {
    const surroundings = { ...system, now: () => now, peer };
    const channel = this.datagrams && { channel: (of: ChannelOptions) => new DatagramChannel(of) };
    const options: TlsSocketOptions = {
      createEngine: (doors: Doors) => new TlsEngine({ settings, doors, surroundings, ...channel }),
      limits: { handshakeTimeout: 0, goodbyeTimeout: 0, goodbyeSilence: 60_000 },
      now: () => now,
    };
    return this.datagrams ? new DtlsSocket(this.transport, options) : new TlsSocket(this.transport, options);
  }

  async run(): Promise<void> {
    if (this.schedule.begins === 'after it') await this.settle();
    for (const { what, amount } of this.schedule.steps) {
      this.happenings[what](amount);
      if (what === 'turn') await turn();
    }
    await this.settle();
    this.happenings.ends();
    await this.settle();
    this.happenings.clientCloses();
    this.happenings.clientLeaves();
    await this.settle();
    this.judge();
    // Without keys a socket of datagrams is left to its time-outs.
    this.transport.destroy();
  }

  private readonly happenings: Record<Step['what'], (amount?: number) => void> = {
    writes: (amount = 0) => {
      if (this.socket.writableEnded || this.socket.destroyed) return;
      const text = textOf(this.written.length, this.datagrams ? Math.min(amount, longestMessage) : amount);
      this.written += text;
      this.socket.write(text);
    },
    corks: () => {
      // end() uncorks once and for all.
      if (!this.socket.writableEnded) this.socket.cork();
    },
    uncorks: () => this.socket.uncork(),
    pauses: () => this.socket.pause(),
    resumes: () => this.socket.resume(),
    asks: () => {
      if (this.client instanceof PskClient && !this.socket.destroyed) this.socket.renegotiate();
      else refused(() => this.socket.command((engine) => engine.updateKeys({ requestPeer: true })));
    },
    ends: () => this.end(),
    toServer: (amount = 0) => this.carryToServer(amount),
    toClient: (amount = 0) => this.carryToClient(amount),
    turn: () => {},
    clientWrites: (amount = 0) => {
      if (this.clientSide !== 'open' || !this.client.done) return;
      const text = textOf(this.clientText.length, amount);
      this.clientText += text;
      this.client.write(text);
    },
    clientAsks: () => {
      if (this.clientSide !== 'open' || !this.client.done) return;
      if (this.client instanceof PskClient) this.client.hello();
      else this.client.updateKeys('updateRequested');
    },
    clientCloses: () => {
      if (this.clientSide !== 'open') return;
      this.clientSide = 'closed';
      this.client.close();
    },
    clientLeaves: () => {
      // A client of datagrams goes without a sign, and only time-outs end its socket.
      if (this.clientSide === 'left' || this.datagrams) return;
      this.clientSide = 'left';
      if (this.client instanceof PskClient) this.client.leave();
    },
  };

  private end(): void {
    const { socket } = this;
    if (socket.writableEnded || socket.destroyed) return;
    const { way } = this.schedule;
    if (way === 'destroySoon') socket.destroySoon();
    else if (way === 'hangUp') socket.hangUp();
    else socket.end();
    if (way === 'end and hangUp') socket.hangUp();
  }

  private carryToServer(amount: number): void {
    // A client that has left may still answer, but nobody gets it.
    if (this.finGiven) this.said.length = 0;
    const [first] = this.said;
    if (first !== undefined) {
      const length = this.datagrams ? first.length : amount;
      if (first.length <= length) this.said.shift();
      else this.said[0] = first.subarray(length);
      this.transport.peerGives(first.subarray(0, length));
    } else if (this.clientSide === 'left') {
      this.finGiven = true;
      this.transport.peerGives(null);
    }
  }

  private carryToClient(amount: number): void {
    const taken = this.transport.peerTakes(this.datagrams ? Number.POSITIVE_INFINITY : amount);
    if (taken.length > 0) this.client.receive(Uint8Array.from(taken));
  }

  /** Until nothing moves any more. */
  private async settle(): Promise<void> {
    this.socket.resume();
    for (let round = 0; round < 12; round++) {
      if (this.said.length > 0 || this.transport.writableLength > 0) round = 0;
      this.carryToServer(16_384);
      this.happenings.toClient(16_384);
      await turn();
    }
  }

  private judge(): void {
    // Without keys nothing can be said.
    if (this.socket.sessionInfo === undefined) return;
    const { client, schedule } = this;
    assertSame(client.received.join(''), this.written, 'the client gets what was written');
    assert.deepEqual(client.late, [], 'nothing follows close_notify');
    assert.equal(client.alerts.filter((it) => it === '1 0').length, 1, 'the client gets one close_notify');
    assert.ok(this.socket.destroyed && this.transport.writableEnded);
    // The other ways do not care for what is not read yet.
    if (schedule.way === 'end')
      assert.equal(this.received, this.clientText, 'the application gets what the client said');
    if (schedule.way === 'end') assert.ok(this.readEnd);
  }
}
