import { DatagramChannel } from '../../src/connection/datagram-channel.ts';
import type { Doors, Ending } from '../../src/connection/engine.ts';
import { TlsEngine } from '../../src/connection/tls-engine.ts';
import type { SessionInfo } from '../../src/handshake/flow/session-info.ts';
import type { Settings } from '../../src/handshake/flow/settings.ts';
import { system } from '../../src/handshake/flow/surroundings.ts';
import type { Seen } from './checks.ts';
import { Exchange } from './exchange.ts';
import { Failure, failureOf } from './failure.ts';
import type { FakeClock } from './fake-clock.ts';
import { MessageTrace } from './message-trace.ts';
import { checksOf, type Plan } from './plan.ts';
import { type Packet, PacketReader, packetOfDatagram, timeAcknowledgement } from './wire/packets.ts';
import type { RunnerSocket } from './wire/runner-socket.ts';

export interface ConversationOptions {
  readonly plan: Plan;
  readonly settings: Settings;
  readonly clock: FakeClock;
  readonly isFurther: boolean;
  /** True when this connection has stored a session. */
  stored(): boolean;
}

/** Conversation is one connection with the runner: the engine, what it is fed, and the exchange after the handshake. */
export class Conversation implements Doors {
  private readonly options: ConversationOptions;
  private readonly socket: RunnerSocket;
  private readonly engine: TlsEngine;
  private readonly exchange: Exchange;
  private readonly trace = new MessageTrace();
  private readonly packets = new PacketReader();
  /** True while the engine takes no more input. */
  private waits = false;
  private over = false;
  private failure: Failure | undefined;

  constructor(socket: RunnerSocket, options: ConversationOptions) {
    const { plan, settings, clock } = options;
    this.options = options;
    this.socket = socket;
    this.engine = new TlsEngine({
      settings,
      doors: this,
      observer: this.trace,
      surroundings: { ...system, now: clock.now },
      ...(plan.datagrams && { channel: (channel) => new DatagramChannel(channel) }),
    });
    this.exchange = new Exchange(plan, this.engine);
  }

  /** run talks to the runner until either side has ended. @throws {Failure} */
  async run(): Promise<void> {
    try {
      await this.read();
    } catch (error) {
      this.fail(error instanceof Failure ? error : new Failure(String(error)));
    }
    await this.socket.close();
    if (this.failure === undefined) this.checkTrace();
    if (this.failure !== undefined) throw this.failure;
  }

  toPeer(parts: readonly Uint8Array[]): boolean {
    const { plan } = this.options;
    this.socket.send(Buffer.concat(plan.datagrams ? parts.map(packetOfDatagram) : parts));
    if (!plan.stepwise) return true;
    setImmediate(() => this.attempt(() => this.engine.drained()));
    return false;
  }

  toApplication(plaintext: Uint8Array): boolean {
    this.attempt(() => this.exchange.received(plaintext));
    return true;
  }

  earlyData(plaintext: Uint8Array): void {
    this.attempt(() => this.exchange.received(plaintext));
  }

  resume(side: 'peer' | 'application'): void {
    if (side === 'peer') this.waits = false;
  }

  writable(): void {}

  established(info: SessionInfo): void {
    this.attempt(() => {
      this.check(info);
      if (this.exchange.begin() === 'over') this.over = true;
    });
  }

  idle(): void {}

  ended(ending: Ending): void {
    this.attempt(() => {
      const isEnd = ending.how === 'closed' || ending.how === 'truncated';
      if (!isEnd || !this.exchange.mayEnd(ending.how)) throw failureOf(ending) ?? tooEarly();
      this.exchange.end();
      this.over = true;
    });
  }

  private async read(): Promise<void> {
    for await (const chunk of this.socket.chunks()) {
      for (const piece of this.pieces(chunk)) {
        await this.settled();
        if (this.over) return;
        this.take(piece);
      }
      await this.settled();
      if (this.over) return;
    }
    if (this.packets.midway) throw new Failure('the runner ended inside a packet');
    this.engine.end();
    await this.settled();
    if (!this.over && !(this.options.plan.datagrams && this.exchange.mayEnd('truncated'))) throw tooEarly();
  }

  /** Pieces of input, which are taken one after the other. */
  private pieces(chunk: Uint8Array): readonly Packet[] {
    const { datagrams, stepwise } = this.options.plan;
    if (datagrams) return this.packets.push(chunk);
    const parts = stepwise ? Array.from(chunk, (byte) => Uint8Array.of(byte)) : [chunk];
    return parts.map((bytes) => ({ what: 'datagram', bytes }));
  }

  private take(packet: Packet): void {
    switch (packet.what) {
      case 'datagram':
        this.waits = this.engine.feed(packet.bytes) === 'wait';
        return;
      case 'time':
        this.socket.send(timeAcknowledgement);
        this.options.clock.advance(packet.milliseconds);
        if (this.timer !== undefined && this.timer <= 0) this.engine.expire();
        return;
      case 'timer':
        if (this.timer === packet.milliseconds) return;
        throw new Failure(`the next timer is ${this.timer} ms away, expected ${packet.milliseconds}`);
      default:
        throw new Failure(`packets of this kind are not implemented: ${packet.what}`);
    }
  }

  /** Milliseconds until the next timer expires; undefined when none runs. */
  private get timer(): number | undefined {
    const { deadline } = this.engine;
    return deadline === undefined ? undefined : deadline - this.options.clock.now();
  }

  /** settled waits until the engine takes more input. */
  private async settled(): Promise<void> {
    while (!this.over && (this.waits || this.engine.awaitsAnswer)) await nextTurn();
  }

  private check(info: SessionInfo): void {
    const { plan, isFurther, stored } = this.options;
    const seen: Seen = {
      info,
      isFurther,
      resumed: info.resumed && info.resumedFrom !== 'psk',
      retried: this.trace.retried,
      stored: stored(),
    };
    for (const check of checksOf(plan)) {
      const complaint = check(seen);
      if (complaint !== undefined) throw new Failure(complaint);
    }
  }

  private checkTrace(): void {
    const { trace } = this.options.plan;
    if (trace === undefined || trace === this.trace.text) return;
    this.fail(new Failure(`the messages are\n${this.trace.text}expected are\n${trace}`));
  }

  /** attempt runs what the engine has asked for; a failure ends the conversation. */
  private attempt(what: () => void): void {
    if (this.over) return;
    try {
      what();
    } catch (error) {
      this.fail(error instanceof Failure ? error : new Failure(String(error)));
    }
  }

  private fail(failure: Failure): void {
    this.failure ??= failure;
    this.over = true;
  }
}

function tooEarly(): Failure {
  return new Failure('the runner ended the connection too early');
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
