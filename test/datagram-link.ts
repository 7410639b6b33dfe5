import { DatagramChannel } from '../src/connection/datagram-channel.ts';
import { HelloFragments } from '../src/handshake/carriers/hello-fragments.ts';
import type { Settings } from '../src/handshake/flow/settings.ts';
import { system } from '../src/handshake/flow/surroundings.ts';
import { MemorySessionStore } from '../src/sessions/memory-session-store.ts';
import { DatagramWire } from './client-wires.ts';
import { Recorded, settingsOf } from './conversation.ts';
import type { Delivery, Way } from './message-faults.ts';
import { PskClient, type PskClientOptions } from './psk-client.ts';

const key = '00112233445566778899aabbccddeeff';
/** The first time of a link's clock, in milliseconds. */
const start = 1_700_000_000_000;
const peer = '127.0.0.1:40000';
const settings = await linkSettings();

async function linkSettings(): Promise<Settings> {
  const words = ['-psk', key, '-cipher', 'PSK', '-client_renegotiation', '-legacy_renegotiation'];
  const made = await settingsOf('-dtls', '-nocert', ...words);
  const { statistics } = made;
  return { ...made, sessions: new MemorySessionStore({ capacity: 8, now: () => start / 1000, statistics }) };
}

/** Fate is the link's treatment of one datagram. */
export interface Fate {
  readonly lost: boolean;
  /** Milliseconds in transit; a later datagram may arrive sooner. */
  readonly delay: number;
  readonly copies: number;
}

/** Maximum number of consecutive losses: without it a handshake may never finish. */
const mostLostInARow = 6;

export interface LinkOptions extends PskClientOptions {
  /** Replaces a datagram of the client. */
  arranged?(datagram: Uint8Array): Uint8Array;
  /** Decides what becomes of a datagram before its fate. */
  delivers?(datagram: Uint8Array, way: Way): readonly Delivery[];
}

/** Link is a server and a client with a link between them and a clock of their own. */
export class Link {
  readonly client: PskClient;
  server: Recorded | undefined;
  private now = start;
  private readonly fates: Fate[];
  private readonly delivers: NonNullable<LinkOptions['delivers']>;
  private lostInARow = 0;
  private onTheWay: { readonly at: number; readonly arrive: () => void }[] = [];
  private delivered = 0;
  private readonly greeter = new HelloFragments();

  constructor(fates: readonly Fate[], room: number, options: LinkOptions = {}) {
    const { arranged = (it) => it, delivers = (datagram) => [{ datagram, delay: 0 }] } = options;
    this.fates = [...fates];
    this.delivers = delivers;
    const send = (datagram: Uint8Array) => this.carry(arranged(datagram), 'toServer');
    const wire = new DatagramWire({ room, now: () => this.now, send });
    this.client = new PskClient(Buffer.from(key, 'hex'), wire, options);
    this.client.hello();
  }

  /** run runs until everything is idle, or `until` holds. */
  run(until: () => boolean = () => false): void {
    for (let steps = 0; steps < 2000 && !until(); steps++) {
      this.carryAnswers();
      const arrival = this.onTheWay.reduce((first, { at }) => Math.min(first, at), Infinity);
      const deadlines = [this.client.deadline, this.server?.engine.deadline].map((it) => it ?? Infinity);
      const next = Math.min(arrival, ...deadlines);
      if (next === Infinity) return;
      this.now = Math.max(this.now, next);
      const arrived = this.onTheWay.filter(({ at }) => at <= this.now);
      this.onTheWay = this.onTheWay.filter((it) => !arrived.includes(it));
      for (const { arrive } of arrived) arrive();
      if ((this.client.deadline ?? Infinity) <= this.now) this.client.expire();
      if ((this.server?.engine.deadline ?? Infinity) <= this.now) this.server?.engine.expire();
    }
  }

  /** Milliseconds since the link began. */
  get elapsed(): number {
    return this.now - start;
  }

  private toServer(datagram: Uint8Array): void {
    if (this.server === undefined) {
      const { greeting, datagram: hello } = this.greeter.greet({ datagram, peer, keys: [new Uint8Array(32)] });
      if (greeting.what === 'reply') {
        this.carry(Buffer.concat([greeting.header, greeting.message]), 'toClient');
      }
      if (greeting.what !== 'start') return;
      const random = (length: number) => new Uint8Array(length).fill(7);
      const surroundings = { ...system, now: () => this.now, random, peer };
      this.server = new Recorded({ settings, surroundings, channel: (options) => new DatagramChannel(options) });
      this.server.engine.feed(hello);
    } else this.server.engine.feed(datagram);
  }

  private carryAnswers(): void {
    const { server } = this;
    while (server !== undefined && this.delivered < server.sent.length) {
      this.carry(server.sent[this.delivered++] as Uint8Array, 'toClient');
    }
  }

  private carry(datagram: Uint8Array, way: Way): void {
    const { lost, delay, copies } = this.fates.shift() ?? { lost: false, delay: 1, copies: 1 };
    this.lostInARow = lost ? this.lostInARow + 1 : 0;
    if (lost && this.lostInARow <= mostLostInARow) return;
    for (const part of this.delivers(datagram, way)) {
      for (let copy = 0; copy < copies; copy++) {
        const at = this.now + part.delay + delay * (copy + 1);
        this.onTheWay.push({ at, arrive: () => this.arrive(part.datagram, way) });
      }
    }
  }

  private arrive(datagram: Uint8Array, way: Way): void {
    if (way === 'toServer') this.toServer(datagram);
    else this.client.receive(datagram);
  }
}
