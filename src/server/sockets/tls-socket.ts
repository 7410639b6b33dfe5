import type { DuplexOptions } from 'node:stream';
import { view } from '../../bytes/hex.ts';
import type { Doors, Ending, Engine } from '../../connection/engine.ts';
import type { Trouble } from '../../connection/trouble.ts';
import type { SessionInfo } from '../../handshake/flow/session-info.ts';
import type { Departing } from '../../handshake/flow/surroundings.ts';
import type { Problem } from '../../names/problems.ts';
import type { Backlog } from '../transport/backlog.ts';
import { defaultLimits, type Limits } from '../transport/connection-limits.ts';
import { Departure } from '../transport/departure.ts';
import { EngineDriver } from '../transport/engine-driver.ts';
import { gathered } from '../transport/gathered-writes.ts';
import { closeSoon, linger } from '../transport/linger.ts';
import type { Transport } from '../transport/transport.ts';
import type { TransportTap } from '../transport/transport-tap.ts';
import { NegotiatedDuplex } from './negotiated-duplex.ts';
import type { RenegotiateOptions } from './renegotiate-options.ts';
import { errorOfTrouble, optionError, TlsError } from './tls-error.ts';

export interface TlsSocketOptions {
  readonly createEngine: (doors: Doors, socket: TlsSocket, departure: Departing) => Engine;
  readonly limits?: Partial<Limits>;
  /** Tap on the transport. */
  readonly tap?: TransportTap;
  /** Our side stays open after the peer's end, as on a socket of Node. True unless given. */
  readonly allowHalfOpen?: boolean;
  /** Trouble emits `problem` only, or `error` too, as the sockets of `node:tls` do. */
  readonly trouble?: 'problem' | 'error';
  /** A client without a certificate counts as not authorized. */
  readonly requestCert?: boolean;
  /** Reading and writing pause while this is full. */
  readonly backlog?: Backlog;
  /** Milliseconds, on the clock of the engine. */
  readonly now?: () => number;
  /** Size of the stream's buffers, and object mode for reading. */
  readonly stream?: Pick<DuplexOptions, 'highWaterMark' | 'readableObjectMode'>;
}

/**
 * TlsSocket is one connection: a transport on one side, plaintext on the other, an engine between them. `end()` sends
 * close_notify and keeps reading; `hangUp()` ends both directions with close_notify; `cut()` closes without it. Events
 * besides those of a Duplex: `secure` (SessionInfo) once the handshake is done, `renegotiated` (SessionInfo) for each
 * later one, `earlyData` (Buffer) for early data, `writable` when half-RTT data may be sent, `moved` when the address of
 * a DTLS peer changes, `idle` for a record without application data, `problem` (Trouble) when the conversation ended otherwise than with close_notify; data
 * received before can still be read. `error` follows a write to an ended conversation, and trouble if the option
 * `trouble` asks for it.
 */
export class TlsSocket extends NegotiatedDuplex {
  readonly engine: Engine;
  private readonly limits: Limits;
  /** How trouble is told. */
  private readonly telling: 'problem' | 'error';
  /** Milliseconds of the last `setTimeout`; undefined without one. */
  private quietFor: number | undefined;
  private trouble: Trouble | undefined;
  /** True after the peer's close_notify. */
  private peerClosed = false;
  /** The fault of a peer whose FIN came without close_notify. */
  private truncation: Problem | undefined;
  private said: 'nothing' | 'closeNotify' | 'fault' | 'cut' = 'nothing';
  /** `wait`: close_notify is queued behind a handshake. */
  private goodbye: 'more' | 'wait' = 'more';
  private full = false;
  private hearsLastWords = false;
  private readonly departure = new Departure();
  private readonly driver: EngineDriver;

  constructor(transport: Transport, options: TlsSocketOptions) {
    super(transport, { allowHalfOpen: options.allowHalfOpen ?? true, ...options.stream });
    this.limits = { ...defaultLimits, ...options.limits };
    this.telling = options.trouble ?? 'problem';
    this.asksForCertificate = options.requestCert ?? false;
    this.engine = options.createEngine(this.doors(), this, this.departure);
    this.driver = new EngineDriver({
      transport,
      engine: this.engine,
      tap: options.tap,
      now: options.now ?? Date.now,
      backlog: options.backlog,
      rethrows: options.trouble === 'error',
      failed: (trouble) => this.fail(trouble),
      quiet: () => {
        if (this.quietFor === undefined) this.fail({ how: 'timedOut', during: 'conversation' });
        else this.emit('timeout');
      },
    });
    transport.on('end', () => this.departure.abort());
    this.driver.deadlines.giveUpAfter(this.limits.handshakeTimeout, 'handshake');
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
   * renegotiate asks the client for a new handshake, up to TLS 1.2. Returns false when that is refused; `done` then
   * gets the reason, and otherwise nothing once the client, which may ignore it, has renegotiated.
   */
  renegotiate({ requestCert = false }: RenegotiateOptions = {}, done?: (error: Error | null) => void): boolean {
    try {
      this.command((engine) => engine.renegotiate(requestCert ? { certificate: 'again' } : {}));
    } catch (error) {
      if (done) process.nextTick(done, optionError('renegotiate', error));
      return false;
    }
    this.asksForCertificate ||= requestCert;
    if (done) this.once('renegotiated', () => done(null));
    return true;
  }

  /**
   * requestCertificate asks a TLS 1.3 client that has offered it for its certificate (RFC 8446 section 4.6.2);
   * `renegotiated` follows the answer. A client that answers with none stays connected.
   * @throws {TlsError} ERR_SSL_WRONG_SSL_VERSION below TLS 1.3, ERR_SSL_EXTENSION_NOT_RECEIVED where it was not offered
   */
  requestCertificate(): void {
    try {
      this.command((engine) => engine.requestCertificate());
    } catch (error) {
      throw optionError('requestCertificate', error);
    }
    this.asksForCertificate = true;
  }

  /** setTimeout emits `timeout` after these milliseconds without a byte in either direction and does nothing else. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    this.quietFor = milliseconds;
    this.transport.setTimeout(milliseconds);
    if (listener && milliseconds === 0) this.off('timeout', listener);
    else if (listener) this.once('timeout', listener);
    return this;
  }

  /**
   * True if the client's FIN came without close_notify, so that its data may have been truncated. It may still read.
   * `problem` reports the fault when our side has ended.
   */
  get truncated(): boolean {
    return this.truncation !== undefined;
  }

  /** endTruncated ends a truncated conversation with the alert for that, once everything written has been sent. */
  endTruncated(): void {
    if (this.said === 'nothing') this.said = 'fault';
    this.driver.deadlines.giveUpAfter(this.limits.goodbyeTimeout, 'conversation');
    this.end();
  }

  /** destroySoon closes once everything written has been sent. */
  destroySoon(): void {
    this.end(() => this.destroy());
  }

  /** command runs a command of the engine, such as a key update, and updates the timers after it. */
  command(run: (engine: Engine) => void): void {
    this.driver.command(run);
  }

  /**
   * hangUp sends close_notify and ends the transport without waiting for the peer's. Data that was received and not
   * read is lost. With `listening` the engine and its observers still process what the peer sends until its end.
   */
  hangUp(how: 'listening' | 'deaf' = 'deaf'): void {
    if (this.destroyed) return;
    this.hearsLastWords = how === 'listening';
    if (!this.writableFinished) {
      // A peer that stops reading must not delay the end.
      this.driver.deadlines.giveUpAfter(this.limits.goodbyeTimeout, 'conversation');
      if (this.writableLength === 0) this.sayGoodbye();
      this.end(() => this.destroy());
    } else this.destroy();
  }

  /** cut closes the transport without close_notify, once it has sent everything written before. */
  cut(): void {
    if (this.said === 'nothing') this.said = 'cut';
    this.destroy();
  }

  override _read(): void {
    if (!this.full) return;
    this.full = false;
    this.driver.step(() => this.engine.consumed());
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.writeAll([chunk], callback);
  }

  override _writev(writes: readonly { readonly chunk: Uint8Array }[], callback: (error?: Error | null) => void): void {
    this.writeAll(gathered(writes.map(({ chunk }) => chunk)), callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.driver.awaitWriting(callback);
    if (this.sayGoodbye() === 'more') this.driver.written();
    else this.driver.deadlines.giveUpAfter(this.limits.goodbyeTimeout, 'conversation');
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.driver.stop();
    this.departure.abort();
    this.driver.written(error ?? conversationOver());
    const done = () => callback(error);
    if (this.said === 'cut') closeSoon(this.transport, this.limits.goodbyeSilence, done);
    else if (error !== null && this.trouble === undefined) {
      this.transport.destroy();
      done();
    } else {
      this.sayGoodbye();
      linger(this.transport, this.limits, this.driver.lastWords(this.hearsLastWords ? 'listening' : 'deaf'), done);
    }
  }

  protected writeAll(chunks: readonly Uint8Array[], callback: (error?: Error | null) => void): void {
    if (this.trouble !== undefined) callback(conversationOver());
    else this.driver.send(chunks, callback);
  }

  private doors(): Doors {
    return {
      toPeer: (parts) => this.driver.write(parts),
      toApplication: (plaintext) => {
        if (this.readableEnded) return true;
        // Data that arrives after our close_notify is ignored.
        if (this.destroyed) return !this.hearsLastWords;
        if (this.push(view(plaintext))) return true;
        this.full = true;
        return false;
      },
      follow: (path) => {
        if (this.transport.follow?.(path)) this.emit('moved');
      },
      earlyData: (plaintext) => this.emit('earlyData', view(plaintext)),
      resume: (side) => {
        if (side === 'peer') this.driver.resume();
        else this.taken();
      },
      writable: () => this.emit('writable'),
      established: (info) => this.established(info),
      idle: () => this.emit('idle'),
      ended: (reason) => this.ended(reason),
    };
  }

  private established(info: SessionInfo): void {
    const first = this.info === undefined;
    this.info = info;
    if (first) {
      this.driver.deadlines.bePatient();
      this.hello = undefined;
      if (this.limits.idleTimeout > 0) this.transport.setTimeout(this.limits.idleTimeout);
    }
    this.emit(first ? 'secure' : 'renegotiated', info);
  }

  private ended(reason: Ending): void {
    if (this.destroyed) return;
    if (reason.how === 'closed') this.peerEnded();
    else if (reason.how === 'truncated') this.peerEnded(reason.problem);
    else this.fail(reason);
  }

  private peerEnded(truncation?: Problem): void {
    if (this.peerClosed) return;
    this.peerClosed = true;
    this.truncation = truncation;
    this.push(null);
    // Where nobody reads, and nothing is left to read, the end is told all the same, so that both sides close, as in node:net.
    if (this.readableLength === 0 && !this.isPaused()) this.read(0);
    if (this.info === undefined) {
      // Before the handshake there is no reader, and nothing to read; buffered data will never be sent.
      this.resume();
      this.taken();
    }
    if (truncation === undefined) return;
    const blame = () => this.driver.step(() => this.engine.fail(truncation));
    if (this.writableFinished) blame();
    else this.once('finish', blame);
  }

  /** fail ends the conversation in both directions; data already received stays readable. */
  private fail(trouble: Trouble): void {
    if (this.trouble !== undefined || this.destroyed) return;
    if (this.peerClosed && trouble.how === 'lost') {
      // After close_notify the peer may drop the connection.
      if (this.truncation === undefined) this.destroy();
      else this.fail({ how: 'failed', problem: this.truncation });
      return;
    }
    this.trouble = trouble;
    this.driver.ended();
    this.driver.written();
    this.emit('problem', trouble);
    if (this.destroyed) return;
    const end = () => this.destroy(this.telling === 'error' ? errorOfTrouble(trouble) : undefined);
    if (this.hasUnread) this.once('end', end);
    else end();
    if (!this.peerClosed) this.push(null);
  }

  /** True while a reader that pauses has not got all data, or the end of it. */
  private get hasUnread(): boolean {
    return this.readableLength > 0 || (this.peerClosed && this.isPaused() && !this.readableEnded);
  }

  /** sayGoodbye sends close_notify. `wait`: it is sent once a handshake is done, and `written` is called then. */
  private sayGoodbye(): 'more' | 'wait' {
    if (this.said === 'nothing' && this.trouble === undefined) {
      this.said = 'closeNotify';
      this.driver.step(() => {
        this.goodbye = this.engine.shutdown();
      });
    }
    return this.goodbye;
  }

  /** taken runs when the engine has sent the data that was queued behind a handshake. */
  private taken(): void {
    if (this.goodbye === 'wait') this.driver.deadlines.bePatient();
    this.goodbye = 'more';
    this.driver.written();
  }
}

function conversationOver(): Error {
  return new Error('the connection has ended');
}
