import type { CertificateWish } from '../handshake/flow/client-certificate-requests.ts';
import type { Settings } from '../handshake/flow/settings.ts';
import { type Departing, type Surroundings, system } from '../handshake/flow/surroundings.ts';
import { Problem } from '../names/problems.ts';
import type { Channel, ChannelOptions } from './channel.ts';
import type { Doors, Ending, Engine, Path } from './engine.ts';
import { EventQueue, queued } from './event-queue.ts';
import type { Observer } from './observer.ts';
import { Outlets } from './outlets.ts';
import { Protocol } from './protocol.ts';

export interface TlsEngineOptions {
  readonly settings: Settings;
  readonly doors: Doors;
  readonly observer?: Observer;
  readonly surroundings?: Surroundings;
  /** The client's address and port, unless `surroundings` has it. */
  readonly peer?: string;
  /** The application's object for the connection, unless `surroundings` has it. */
  readonly connection?: object;
  /** The transport; a stream by default. */
  readonly channel?: (options: ChannelOptions) => Channel;
  /** Our connection id, unless `surroundings` has it. */
  readonly connectionId?: Uint8Array;
  /** Reports when the client leaves, unless `surroundings` has it. */
  readonly departure?: Departing;
}

/** Maximum bytes buffered from a client during a lookup; more applies backpressure. */
const maxUnread = 65536;

/** Maximum plaintext buffered until the handshake is done, in bytes; more applies backpressure. */
const maxHeldPlaintext = 65536;

/**
 * TlsEngine is the server's side of one connection: the doors, with backpressure on both sides, around the protocol. A
 * step runs to its end first; then its effects are delivered in order.
 */
export class TlsEngine implements Engine {
  private readonly doors: Doors;
  private readonly queue = new EventQueue();
  private readonly protocol: Protocol;
  private held: Uint8Array[] = [];
  private heldLength = 0;
  private readonly outlets: Outlets;
  private over = false;
  private stepping = false;
  /** True after `feed` returned `wait`. */
  private feedWaits = false;
  private peerHasEnded = false;
  /** True when close_notify must follow the buffered data. */
  private closing = false;
  private closeNotifySent = false;
  /** `shutdown` has said `wait`. */
  private shutdownWaits = false;
  private toldWritable = false;

  constructor(options: TlsEngineOptions) {
    const { settings, doors, observer = {}, channel } = options;
    this.doors = doors;
    this.outlets = new Outlets(this.queue, doors, () => {
      if (this.protocol.established === undefined) this.over = true;
    });
    this.protocol = new Protocol({
      settings,
      surroundings: surroundingsOf(options),
      tell: queued(observer, this.queue),
      events: this.outlets,
      settle: (proceed) => this.answered(proceed),
      channel,
    });
  }

  get deadline(): number | undefined {
    return this.over || this.protocol.closed ? undefined : this.protocol.deadline;
  }

  get awaitsAnswer(): boolean {
    return this.protocol.awaitsAnswer;
  }

  feed(bytes: Uint8Array, path?: Path): 'more' | 'wait' {
    if (this.over || this.protocol.closed) return 'more';
    this.protocol.push(bytes, path);
    this.run();
    this.feedWaits = this.blocked && !this.mayListen;
    return this.feedWaits ? 'wait' : 'more';
  }

  end(): void {
    this.peerHasEnded = true;
    this.run();
  }

  write(plaintext: Uint8Array): 'more' | 'wait' {
    if (this.over || this.closing) return 'more';
    if (!this.protocol.writable) {
      // Copied, because the caller may reuse the memory.
      this.held.push(Uint8Array.from(plaintext));
      this.heldLength += plaintext.length;
      return this.heldLength > maxHeldPlaintext ? 'wait' : 'more';
    }
    this.act(() => this.protocol.send(plaintext));
    return this.outlets.peerFull ? 'wait' : 'more';
  }

  shutdown(): 'more' | 'wait' {
    if (this.over) return 'more';
    this.closing = true;
    this.act(() => this.catchUp());
    const waits = this.held.length > 0 || this.protocol.established !== undefined;
    this.shutdownWaits = !this.over && !this.closeNotifySent && waits;
    return this.shutdownWaits ? 'wait' : 'more';
  }

  fail(problem: Problem): void {
    this.act(() => {
      throw problem;
    });
  }

  drained(): void {
    if (!this.outlets.peerFull) return;
    this.outlets.peerFull = false;
    this.queue.add(() => this.doors.resume('application'));
    this.run();
    this.resumeFeeding();
  }

  consumed(): void {
    if (!this.outlets.applicationFull) return;
    this.outlets.applicationFull = false;
    this.run();
    this.resumeFeeding();
  }

  expire(): void {
    this.act(() => this.protocol.expire());
  }

  renegotiate({ certificate }: { certificate?: CertificateWish }): void {
    this.command(() => this.protocol.renegotiate(certificate));
  }

  updateKeys(request: { requestPeer: boolean }): void {
    this.command(() => this.protocol.updateKeys(request));
  }

  requestCertificate(): void {
    this.command(() => this.protocol.requestCertificate());
  }

  sendRaw(bytes: Uint8Array): void {
    this.act(() => this.protocol.sendRaw(Uint8Array.from(bytes)));
  }

  exportKeyingMaterial(label: string, length: number, context?: Uint8Array): Uint8Array | undefined {
    return this.protocol.established?.exportKeyingMaterial(label, length, context);
  }

  private get blocked(): boolean {
    return this.outlets.peerFull || this.outlets.applicationFull || this.protocol.awaitsAnswer;
  }

  /** True when bytes are still read during a lookup, so that we notice when the client leaves. */
  private get mayListen(): boolean {
    return !this.outlets.peerFull && !this.outlets.applicationFull && this.protocol.unread < maxUnread;
  }

  /** Runs a command of the application, whose failure it gets. @throws {Problem} */
  private command(what: () => void): void {
    if (this.over) return;
    what();
    this.queue.drain();
  }

  /** Runs an action whose failure ends the connection. */
  private act(what: () => void): void {
    if (!this.over) this.guard(what);
    this.queue.drain();
  }

  /** Steps until there is nothing to do; delivers the effects of each step. */
  private run(): void {
    if (this.stepping) return;
    this.stepping = true;
    try {
      for (let more = true; more; ) {
        more = false;
        this.guard(() => {
          more = this.step();
        });
        this.queue.drain();
      }
    } finally {
      this.stepping = false;
    }
  }

  private step(): boolean {
    if (this.over || this.blocked || this.protocol.closed) return false;
    if (this.protocol.step()) {
      this.catchUp();
      return true;
    }
    if (this.peerHasEnded) {
      this.peerHasEnded = false;
      this.protocol.peerEnded();
      this.catchUp();
    }
    return false;
  }

  /** Sends what a handshake has held up: data, and close_notify behind it. */
  private catchUp(): void {
    this.tellWritable();
    if ((this.held.length === 0 && !this.closing) || !this.protocol.writable) return;
    const { held } = this;
    this.held = [];
    this.heldLength = 0;
    for (const plaintext of held) this.protocol.send(plaintext);
    // Before the handshake is done only half-RTT data may be sent: tickets are to follow.
    const closes = this.closing && this.protocol.established !== undefined;
    if (closes) this.sayClose();
    if (held.length > 0 || (closes && this.shutdownWaits)) this.queue.add(() => this.doors.resume('application'));
    if (closes) this.shutdownWaits = false;
  }

  private tellWritable(): void {
    if (this.toldWritable || !this.protocol.writesEarly) return;
    this.toldWritable = true;
    this.queue.add(() => this.doors.writable());
  }

  private sayClose(): void {
    if (this.closeNotifySent) return;
    this.closeNotifySent = true;
    this.protocol.sendAlert('warning', 'close_notify');
  }

  private answered(proceed: () => void): void {
    if (this.over) return;
    this.guard(() => {
      proceed();
      this.catchUp();
    });
    this.run();
    this.resumeFeeding();
  }

  private resumeFeeding(): void {
    if (!this.feedWaits || this.blocked) return;
    this.feedWaits = false;
    this.doors.resume('peer');
  }

  /** Turns a problem into an alert and an ending, here and nowhere else. */
  private guard(what: () => void): void {
    try {
      what();
    } catch (error) {
      if (this.over) return;
      this.over = true;
      this.held = [];
      this.protocol.abandon(error instanceof Problem ? error.alert : 'internal_error');
      this.queue.add(() => this.doors.ended(endingOf(error)));
    }
  }
}

/** A whole record: one made by spread can have a shape of its own, which every idle connection would keep. */
function surroundingsOf({ surroundings = system, ...client }: TlsEngineOptions): Surroundings {
  return {
    now: surroundings.now,
    random: surroundings.random,
    keyAgreement: surroundings.keyAgreement,
    sign: surroundings.sign,
    peer: surroundings.peer ?? client.peer,
    connectionId: surroundings.connectionId ?? client.connectionId,
    connection: surroundings.connection ?? client.connection,
    departure: surroundings.departure ?? client.departure,
  };
}

/** Any exception but a Problem is an internal error and keeps its stack. */
function endingOf(error: unknown): Ending {
  if (error instanceof Problem) return { how: 'failed', problem: error };
  return { how: 'crashed', error: error instanceof Error ? error : new Error(String(error)) };
}
