import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { view } from '../bytes/hex.ts';
import type { Doors, Ending, Engine } from '../connection/engine.ts';
import type { SessionInfo } from '../handshake/session-info.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { linger } from './linger.ts';

/** Why a conversation ended, where it did not end with the peer's close_notify. */
export type Trouble =
  | Exclude<Ending, { readonly how: 'closed' }>
  /** The transport broke. */
  | { readonly how: 'lost'; readonly error: Error }
  /** We gave up waiting. */
  | { readonly how: 'timedOut'; readonly during: 'handshake' | 'conversation' };

export interface TlsSocketOptions {
  readonly createEngine: (doors: Doors) => Engine;
  readonly limits?: Partial<Limits>;
  /** Milliseconds, on the clock of the engine. */
  readonly now?: () => number;
}

/**
 * One connection: a transport on one side, plaintext on the other, an engine between them. `end()` sends close_notify
 * and keeps reading; `hangUp()` ends both ways politely; `cut()` closes without close_notify.
 *
 * Events besides those of a Duplex: `secure` (SessionInfo) once the handshake is done, `renegotiated` (SessionInfo)
 * for each later one, `writable` when half-RTT data may be sent, `idle` for a record that held no application data,
 * `problem` (Trouble) when the conversation ended otherwise than with close_notify; what was received before can still
 * be read. `error` comes only from writing to a conversation that is over.
 */
export class TlsSocket extends Duplex {
  readonly transport: Socket;
  readonly engine: Engine;
  private readonly limits: Limits;
  private readonly now: () => number;
  private info: SessionInfo | undefined;
  private trouble: Trouble | undefined;
  /** The peer said close_notify. */
  private peerClosed = false;
  private said: 'nothing' | 'closeNotify' | 'cut' = 'nothing';
  private afterWrite: ((error?: Error) => void) | undefined;
  private resumed = false;
  private full = false;
  private patience: NodeJS.Timeout | undefined;
  private deadlineTimer: NodeJS.Timeout | undefined;
  private deadline: number | undefined;

  constructor(transport: Socket, options: TlsSocketOptions) {
    super({ allowHalfOpen: true });
    this.transport = transport;
    this.limits = { ...defaultLimits, ...options.limits };
    this.now = options.now ?? Date.now;
    this.engine = options.createEngine(this.doors());
    this.connect();
  }

  /** Undefined until the handshake is done. */
  get sessionInfo(): SessionInfo | undefined {
    return this.info;
  }

  /** The peer's address; a unix socket has none. */
  get peer(): string {
    const { remoteAddress, remotePort, remoteFamily } = this.transport;
    if (remoteAddress === undefined) return 'localhost';
    return `${remoteFamily === 'IPv6' ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`;
  }

  /** Keying material of RFC 5705; undefined when the label is reserved or it is too early. */
  exportKeyingMaterial(label: string, length: number, context?: Uint8Array): Uint8Array | undefined {
    return this.engine.exportKeyingMaterial(label, length, context);
  }

  /** Runs a command of the engine, such as a key update, with all that follows from it. */
  command(run: (engine: Engine) => void): void {
    try {
      run(this.engine);
    } finally {
      this.rearm();
    }
  }

  /** close_notify, then the end of the transport, without waiting for the peer's. What was received and not read is lost. */
  hangUp(): void {
    if (this.destroyed) return;
    if (this.writableEnded) {
      this.destroy();
      return;
    }
    // Whoever takes nothing more must not hold up the end.
    this.giveUpAfter(this.limits.goodbyeTimeout, 'conversation');
    if (this.writableLength === 0) this.sayGoodbye();
    this.end(() => this.destroy());
  }

  /** Closes the transport once it has taken what was written before, without close_notify. */
  cut(): void {
    if (this.said === 'nothing') this.said = 'cut';
    this.destroy();
  }

  override _read(): void {
    if (!this.full) return;
    this.full = false;
    this.guard(() => this.engine.consumed());
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.trouble !== undefined) {
      callback(new Error('the connection has ended'));
      return;
    }
    this.resumed = false;
    this.afterWrite = callback;
    this.guard(() => {
      if (this.engine.write(chunk) === 'more' || this.resumed) this.written();
    });
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.sayGoodbye();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.patience);
    clearTimeout(this.deadlineTimer);
    this.written(error ?? new Error('the connection has ended'));
    const done = () => callback(error);
    if (this.said === 'cut') {
      closeSoon(this.transport, this.limits.goodbyeSilence, done);
      return;
    }
    if (error !== null && this.trouble === undefined) {
      this.transport.destroy();
      done();
      return;
    }
    this.sayGoodbye();
    linger(this.transport, this.limits, done);
  }

  private doors(): Doors {
    return {
      toPeer: (parts) => this.toPeer(parts),
      toApplication: (plaintext) => {
        if (this.readableEnded || this.destroyed) return true;
        if (this.push(view(plaintext))) return true;
        this.full = true;
        return false;
      },
      resume: (side) => {
        if (side === 'peer') this.transport.resume();
        else {
          this.resumed = true;
          this.written();
        }
      },
      writable: () => this.emit('writable'),
      established: (info) => this.established(info),
      idle: () => this.emit('idle'),
      ended: (reason) => this.ended(reason),
    };
  }

  private connect(): void {
    const { transport, limits } = this;
    transport.on('data', (chunk: Uint8Array) => {
      this.guard(() => {
        if (this.engine.feed(chunk) === 'wait') transport.pause();
      });
    });
    transport.on('end', () => this.guard(() => this.engine.end()));
    transport.on('drain', () => this.guard(() => this.engine.drained()));
    transport.on('error', (error) => this.fail({ how: 'lost', error }));
    transport.on('close', () => this.fail({ how: 'lost', error: new Error('the transport was closed') }));
    transport.on('timeout', () => this.fail({ how: 'timedOut', during: 'conversation' }));
    this.giveUpAfter(limits.handshakeTimeout, 'handshake');
    this.rearm();
  }

  private giveUpAfter(milliseconds: number, during: 'handshake' | 'conversation'): void {
    clearTimeout(this.patience);
    if (milliseconds === 0) return;
    this.patience = setTimeout(() => this.fail({ how: 'timedOut', during }), milliseconds);
  }

  private toPeer(parts: readonly Uint8Array[]): boolean {
    const { transport } = this;
    if (!transport.writable) return true;
    transport.cork();
    for (const part of parts) transport.write(part);
    transport.uncork();
    return !transport.writableNeedDrain;
  }

  private established(info: SessionInfo): void {
    const first = this.info === undefined;
    this.info = info;
    if (first) {
      clearTimeout(this.patience);
      this.transport.setTimeout(this.limits.idleTimeout);
    }
    this.emit(first ? 'secure' : 'renegotiated', info);
  }

  private ended(reason: Ending): void {
    if (reason.how !== 'closed') this.fail(reason);
    else if (!this.peerClosed) {
      this.peerClosed = true;
      this.push(null);
    }
  }

  /** The conversation is over both ways; what has been received stays readable. */
  private fail(trouble: Trouble): void {
    if (this.trouble !== undefined || this.destroyed) return;
    // A peer that said close_notify owes us nothing more.
    if (this.peerClosed && trouble.how === 'lost') {
      this.destroy();
      return;
    }
    this.trouble = trouble;
    this.written();
    this.emit('problem', trouble);
    if (this.destroyed) return;
    if (this.peerClosed || this.readableLength === 0) this.destroy();
    else {
      this.once('end', () => this.destroy());
      this.push(null);
    }
  }

  private sayGoodbye(): void {
    if (this.said !== 'nothing' || this.trouble !== undefined) return;
    this.said = 'closeNotify';
    this.guard(() => this.engine.shutdown());
  }

  private written(error?: Error): void {
    const callback = this.afterWrite;
    this.afterWrite = undefined;
    callback?.(error);
  }

  /** What one connection throws stays with it. */
  private guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.fail({ how: 'crashed', error: error instanceof Error ? error : new Error(String(error)) });
    }
    this.rearm();
  }

  private rearm(): void {
    const deadline = this.destroyed || this.trouble !== undefined ? undefined : this.engine.deadline;
    if (deadline === this.deadline) return;
    this.deadline = deadline;
    clearTimeout(this.deadlineTimer);
    if (deadline === undefined) return;
    const expire = () => {
      this.deadline = undefined;
      this.guard(() => this.engine.expire());
    };
    this.deadlineTimer = setTimeout(expire, Math.max(0, deadline - this.now()));
  }
}

function closeSoon(transport: Socket, patience: number, done: () => void): void {
  if (transport.destroyed) {
    done();
    return;
  }
  const timer = setTimeout(() => transport.destroy(), patience);
  transport.once('close', () => {
    clearTimeout(timer);
    done();
  });
  transport.destroySoon();
}
