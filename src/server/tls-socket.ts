import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { PeerCertificate } from 'node:tls';
import { view } from '../bytes/hex.ts';
import type { Doors, Ending, Engine } from '../connection/engine.ts';
import type { SessionInfo } from '../handshake/session-info.ts';
import { versionName } from '../names/versions.ts';
import { sessionToDer } from '../sessions/session-der.ts';
import { Deadlines } from './deadlines.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { closeSoon, linger } from './linger.ts';
import { type ReceivedHello, receivedHello } from './received-hello.ts';
import { type CipherNameAndProtocol, cipherOf, peerCertificate, peerText } from './socket-facts.ts';
import { errorOfTrouble, optionError, TlsError } from './tls-error.ts';
import type { Trouble } from './trouble.ts';

export type { Trouble } from './trouble.ts';

export interface TlsSocketOptions {
  readonly createEngine: (doors: Doors, socket: TlsSocket) => Engine;
  readonly limits?: Partial<Limits>;
  /** As for a socket of Node: without it our side ends when the peer's has. True unless given. */
  readonly allowHalfOpen?: boolean;
  /** Whether `problem` is all that is told of trouble, or `error` comes too, as the sockets of `node:tls` have it. */
  readonly trouble?: 'problem' | 'error';
  /** Milliseconds, on the clock of the engine. */
  readonly now?: () => number;
}

/**
 * One connection: a transport on one side, plaintext on the other, an engine between them. `end()` sends close_notify
 * and keeps reading; `hangUp()` ends both ways politely; `cut()` closes without close_notify.
 *
 * Events besides those of a Duplex: `secure` (SessionInfo) once the handshake is done, `renegotiated` (SessionInfo) for
 * each later one, `earlyData` (Buffer) for early data, `writable` when half-RTT data may be sent, `idle` for a record
 * without application data, `problem` (Trouble) when the conversation ended otherwise than with close_notify; what was
 * received before can still be read. `error` comes from writing to a conversation that is over, and for trouble on demand.
 *
 * Members that a socket of `node:tls` has too are what they are there.
 */
export class TlsSocket extends Duplex {
  readonly transport: Socket;
  readonly engine: Engine;
  /** All that this socket carries is encrypted, as it says to whoever serves HTTP on it. */
  readonly encrypted = true;
  /** The client has shown a certificate that we trust. */
  readonly authorized: boolean = false;
  readonly authorizationError: Error | null = null;
  private readonly limits: Limits;
  private readonly tellsErrors: boolean;
  private hello: Uint8Array | undefined;
  /** Milliseconds that `setTimeout` has asked for; undefined as long as it has not. */
  private quietFor: number | undefined;
  private info: SessionInfo | undefined;
  private trouble: Trouble | undefined;
  /** The peer said close_notify. */
  private peerClosed = false;
  private said: 'nothing' | 'closeNotify' | 'cut' = 'nothing';
  private afterWrite: ((error?: Error) => void) | undefined;
  private full = false;
  private readonly deadlines: Deadlines;

  constructor(transport: Socket, options: TlsSocketOptions) {
    super({ allowHalfOpen: options.allowHalfOpen ?? true });
    this.transport = transport;
    this.limits = { ...defaultLimits, ...options.limits };
    this.deadlines = new Deadlines({
      now: options.now ?? Date.now,
      expire: () => this.guard(() => this.engine.expire()),
      giveUp: (during) => this.fail({ how: 'timedOut', during }),
    });
    this.tellsErrors = options.trouble === 'error';
    this.engine = options.createEngine(this.doors(), this);
    this.connect();
  }

  /** Undefined until the handshake is done. */
  get sessionInfo(): SessionInfo | undefined {
    return this.info;
  }

  /** The peer's address; a unix socket has none. */
  get peer(): string {
    return peerText(this.transport);
  }

  /** The client's newest ClientHello; undefined before there is one. */
  get clientHello(): ReceivedHello | undefined {
    const raw = this.info?.clientHello ?? this.hello;
    return raw && receivedHello(raw);
  }

  /** Keeps the bytes of a ClientHello that has come, also where the handshake fails then. */
  helloReceived(message: Uint8Array): void {
    this.hello = Uint8Array.from(message);
  }

  /** False where none was agreed on. */
  get alpnProtocol(): string | false {
    return this.info?.alpn ?? false;
  }

  /** The name that the client asked for; false where it asked for none. */
  get servername(): string | false {
    return this.info?.serverName ?? false;
  }

  /** Such as `TLSv1.3`; null until the handshake is done. */
  getProtocol(): string | null {
    return this.info === undefined ? null : versionName(this.info.version);
  }

  /** Undefined until the handshake is done. */
  getCipher(): CipherNameAndProtocol | undefined {
    return this.info && cipherOf(this.info);
  }

  /** An empty object where the client has sent none. */
  getPeerCertificate(): PeerCertificate {
    return peerCertificate(this.info);
  }

  /** The session in OpenSSL's DER; undefined until the handshake is done. */
  getSession(): Buffer | undefined {
    return this.info && view(sessionToDer(this.info.session));
  }

  isSessionReused(): boolean {
    return this.info?.resumed ?? false;
  }

  /**
   * Keying material of RFC 5705, `length` bytes.
   * @throws {TlsError} ERR_SERVERHELLO_NO_KEYING_MATERIAL before the handshake is done and for a label of TLS itself
   */
  exportKeyingMaterial(length: number, label: string, context?: Uint8Array): Buffer {
    const material = this.engine.exportKeyingMaterial(label, length, context);
    if (material !== undefined) return view(material);
    throw new TlsError('ERR_SERVERHELLO_NO_KEYING_MATERIAL', 'it is too early, or the label is reserved');
  }

  /**
   * Asks the client for a new handshake, up to TLS 1.2. False when that is refused; `done` then gets the reason, and
   * otherwise nothing once the client, which may ignore it, has renegotiated.
   */
  renegotiate(_options: object = {}, done?: (error: Error | null) => void): boolean {
    try {
      this.command((engine) => engine.renegotiate({ certificate: false }));
    } catch (error) {
      if (done) process.nextTick(done, optionError('renegotiate', error));
      return false;
    }
    if (done) this.once('renegotiated', () => done(null));
    return true;
  }

  get remoteAddress(): string | undefined {
    return this.transport.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.transport.remotePort;
  }

  get remoteFamily(): string | undefined {
    return this.transport.remoteFamily;
  }

  get localAddress(): string | undefined {
    return this.transport.localAddress;
  }

  get localPort(): number | undefined {
    return this.transport.localPort;
  }

  address(): ReturnType<Socket['address']> {
    return this.transport.address();
  }

  /** Of the transport, encryption included. */
  get bytesRead(): number {
    return this.transport.bytesRead;
  }

  get bytesWritten(): number {
    return this.transport.bytesWritten;
  }

  /** Milliseconds without a byte in either direction after which `timeout` is told; nothing else happens then. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    this.quietFor = milliseconds;
    this.transport.setTimeout(milliseconds);
    if (listener && milliseconds === 0) this.off('timeout', listener);
    else if (listener) this.once('timeout', listener);
    return this;
  }

  setNoDelay(on = true): this {
    this.transport.setNoDelay(on);
    return this;
  }

  setKeepAlive(on = false, milliseconds = 0): this {
    this.transport.setKeepAlive(on, milliseconds);
    return this;
  }

  ref(): this {
    this.transport.ref();
    return this;
  }

  unref(): this {
    this.transport.unref();
    return this;
  }

  /** Closes once all that was written is on its way. */
  destroySoon(): void {
    this.end(() => this.destroy());
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
    if (!this.writableEnded) {
      // Whoever takes nothing more must not hold up the end.
      this.deadlines.giveUpAfter(this.limits.goodbyeTimeout, 'conversation');
      if (this.writableLength === 0) this.sayGoodbye();
      this.end(() => this.destroy());
    } else this.destroy();
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
    this.afterWrite = callback;
    this.guard(() => {
      if (this.engine.write(chunk) === 'more') this.written();
    });
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.sayGoodbye();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.deadlines.stop();
    this.written(error ?? new Error('the connection has ended'));
    const done = () => callback(error);
    if (this.said === 'cut') closeSoon(this.transport, this.limits.goodbyeSilence, done);
    else if (error !== null && this.trouble === undefined) {
      this.transport.destroy();
      done();
    } else {
      this.sayGoodbye();
      linger(this.transport, this.limits, done);
    }
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
      earlyData: (plaintext) => this.emit('earlyData', view(plaintext)),
      resume: (side) => {
        if (side === 'peer') this.transport.resume();
        else this.written();
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
    transport.on('timeout', () => {
      if (this.quietFor === undefined) this.fail({ how: 'timedOut', during: 'conversation' });
      else this.emit('timeout');
    });
    this.deadlines.giveUpAfter(limits.handshakeTimeout, 'handshake');
    this.rearm();
  }

  private toPeer(parts: readonly Uint8Array[]): boolean {
    const { transport } = this;
    if (!transport.writable) return true;
    for (const part of parts) transport.write(part);
    return !transport.writableNeedDrain;
  }

  private established(info: SessionInfo): void {
    const first = this.info === undefined;
    this.info = info;
    if (first) {
      this.deadlines.bePatient();
      this.hello = undefined;
      if (this.limits.idleTimeout > 0) this.transport.setTimeout(this.limits.idleTimeout);
    }
    this.emit(first ? 'secure' : 'renegotiated', info);
  }

  private ended(reason: Ending): void {
    if (reason.how !== 'closed') this.fail(reason);
    else if (!this.peerClosed) {
      this.peerClosed = true;
      this.push(null);
      // Before the handshake nobody reads yet, and there is nothing to read.
      if (this.info === undefined) this.resume();
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
    const end = () => this.destroy(this.tellsErrors ? errorOfTrouble(trouble) : undefined);
    if (this.peerClosed || this.readableLength === 0) end();
    else this.once('end', end).push(null);
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

  /** What one step sends leaves in one write. What a listener throws stays here, unless errors are told as Node does. */
  private guard(step: () => void): void {
    this.transport.cork();
    try {
      step();
    } catch (error) {
      if (this.tellsErrors) throw error;
      this.fail({ how: 'crashed', error: error instanceof Error ? error : new Error(String(error)) });
    } finally {
      this.transport.uncork();
      this.rearm();
    }
  }

  private rearm(): void {
    this.deadlines.follow(this.destroyed || this.trouble !== undefined ? { deadline: undefined } : this.engine);
  }
}
