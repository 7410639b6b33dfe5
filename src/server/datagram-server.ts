import type { Socket } from 'node:dgram';
import { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DatagramChannel } from '../connection/datagram-channel.ts';
import type { Fact } from '../facts/fact.ts';
import type { DatagramSettings, Settings } from '../handshake/flow/settings.ts';
import {
  type DatagramContextOptions,
  type DatagramServerOptions,
  datagramsFrom,
  datagramVersions,
  maxPeersFrom,
  srtpFrom,
} from './datagram-options.ts';
import { captureFrom, type LibraryCapture } from './library-capture.ts';
import { DatagramListener } from './listening/datagram-listener.ts';
import {
  bindForLibrary,
  type ListenArguments,
  type ListenWhere,
  listenArguments,
} from './listening/listen-arguments.ts';
import { checkDatagramOptions } from './option-names.ts';
import { contextSettings, type SecureContext, type SecureContextOptions } from './secure-context.ts';
import { serveLibrary } from './serve-library.ts';
import { limitsFrom } from './server-options.ts';
import { ServerQuestions, type SessionDone, type SessionFound } from './server-questions.ts';
import { ServerSettings } from './server-settings.ts';
import { DtlsSocket } from './sockets/dtls-socket.ts';
import { TlsError } from './sockets/tls-error.ts';
import type { TlsSocket } from './sockets/tls-socket.ts';
import type { TellStatusRequest } from './status-requests.ts';
import { datagramLimits } from './transport/connection-limits.ts';

/** Events of a DTLS server with their arguments: the events of `Server` that have a meaning on datagrams. */
export interface DatagramServerEvents {
  listening: [];
  /** The socket is closed, and the last association has ended. */
  close: [];
  /** The socket could not be opened. */
  error: [error: Error];
  secureConnection: [socket: DtlsSocket];
  tlsClientError: [error: Error, socket: DtlsSocket];
  keylog: [line: Buffer, socket: TlsSocket];
  /** The server listens, or an event on an association that began after the first listener was added. */
  fact: [fact: Fact];
  newSession: [id: Buffer, session: Buffer, done: SessionDone];
  resumeSession: [id: Buffer, found: SessionFound];
  OCSPRequest: Parameters<TellStatusRequest>;
}

/**
 * DatagramServer is a DTLS server on a UDP socket for any number of peers. It answers a new peer with a
 * HelloVerifyRequest and keeps no state for it until the cookie has come back (RFC 6347 section 4.2.1). Made by
 * `createServer` with `datagrams: true`.
 */
export class DatagramServer extends EventEmitter<DatagramServerEvents> {
  private readonly options: DatagramServerOptions;
  private readonly maxPeers: number;
  private readonly datagrams: DatagramSettings;
  private readonly capture: LibraryCapture | undefined;
  private readonly settings: ServerSettings;
  private phase: 'closed' | 'opening' | 'open' | 'closing' = 'closed';
  private socket: Socket | undefined;
  private isRef = true;
  private stop: () => void = () => {};

  /** @throws {TlsError} */
  constructor(options: DatagramServerOptions, listener?: (socket: DtlsSocket) => void) {
    super();
    checkDatagramOptions(options);
    limitsFrom(options);
    this.options = options;
    this.maxPeers = maxPeersFrom(options);
    this.datagrams = datagramsFrom(options);
    this.capture = captureFrom(options);
    this.settings = new ServerSettings(options, new ServerQuestions(this), this.contextFrom(options));
    if (listener) this.on('secureConnection', listener);
  }

  get listening(): boolean {
    return this.phase === 'open';
  }

  /**
   * listen opens the socket and emits `listening`, or `error` with the reason. Without a host it binds all addresses,
   * IPv6 too where the system has it; without a port, or with 0, any free port.
   * @throws {TlsError} ERR_SERVER_ALREADY_LISTEN
   */
  listen(port?: number, host?: string, listening?: () => void): this;
  listen(port?: number, listening?: () => void): this;
  listen(where: ListenWhere, listening?: () => void): this;
  listen(...given: ListenArguments): this {
    if (this.phase !== 'closed') throw new TlsError('ERR_SERVER_ALREADY_LISTEN', 'the server listens already');
    const { where, listening } = listenArguments(given);
    this.phase = 'opening';
    if (listening) this.once('listening', listening);
    // Outside of the promise: an exception of a listener is the application's, not a rejection.
    void bindForLibrary(where).then((bound) => process.nextTick(() => this.opened(bound)));
    return this;
  }

  /** The address the socket is bound to; null while it is not bound. */
  address(): AddressInfo | null {
    return this.phase === 'open' ? (this.socket?.address() ?? null) : null;
  }

  /**
   * close accepts no new peers; the `close` event follows once the connected ones have gone. `closed` is called then
   * too, or at once with ERR_SERVER_NOT_RUNNING.
   */
  close(closed?: (error?: Error) => void): this {
    if (this.phase === 'open' || this.phase === 'opening') {
      if (closed) this.once('close', () => closed());
      const { phase } = this;
      this.phase = 'closing';
      if (phase === 'open') this.stop();
    } else if (closed) process.nextTick(closed, new TlsError('ERR_SERVER_NOT_RUNNING', 'the server is not listening'));
    return this;
  }

  /** ref makes the server keep the process alive, which is the default; unref undoes it. */
  ref(): this {
    this.isRef = true;
    this.socket?.ref();
    return this;
  }

  unref(): this {
    this.isRef = false;
    this.socket?.unref();
    return this;
  }

  /**
   * addContext serves clients that ask for this name with the certificates of another context; `*` stands for one
   * label.
   */
  addContext(name: string, context: SecureContext | SecureContextOptions): void {
    this.settings.add(name, context);
  }

  /** setSecureContext replaces the context for new associations; existing ones keep theirs. @throws {TlsError} */
  setSecureContext(options: DatagramContextOptions): void {
    checkDatagramOptions(options);
    this.settings.use(this.contextFrom(options));
  }

  /** The name and keys that seal tickets now: as many bytes as were set, otherwise 80. */
  getTicketKeys(): Buffer {
    return this.settings.ticketKeys;
  }

  /**
   * setTicketKeys seals new tickets with these keys; the previous keys still open theirs. 48 or 80 bytes.
   * @throws {TlsError}
   */
  setTicketKeys(keys: Uint8Array): void {
    this.settings.useTicketKeys(keys);
  }

  private contextFrom({ minVersion, maxVersion, ...options }: DatagramContextOptions): Settings {
    const settings = contextSettings(options);
    return {
      ...settings,
      ...datagramVersions({ minVersion, maxVersion }, settings.disabledVersions),
      ...srtpFrom(options),
      datagrams: this.datagrams,
    };
  }

  private opened(bound: Awaited<ReturnType<typeof bindForLibrary>>): void {
    if ('error' in bound) {
      const isWanted = this.phase === 'opening';
      this.phase = 'closed';
      this.emit(isWanted ? 'error' : 'close', ...(isWanted ? [bound.error] : []));
      return;
    }
    this.serve(bound.socket);
    if (this.phase === 'closing') this.stop();
    else {
      this.phase = 'open';
      this.emit('listening');
    }
  }

  private serve(socket: Socket): void {
    this.socket = socket;
    if (!this.isRef) socket.unref();
    const { cookieKeys, connectionIdLength } = this.datagrams;
    const capture = this.capture;
    const listener = new DatagramListener(socket, '', {
      ...{ cookieKeys, connectionIdLength },
      now: Date.now,
      maxPeers: this.maxPeers,
      ...(capture && { passed: (way, datagram, ends) => capture.taps.passed(way, datagram, ends) }),
    });
    const loop = serveLibrary({
      server: this,
      address: () => this.address(),
      options: this.options,
      settings: this.settings,
      capture,
      listener,
      createSocket: (transport, options) => new DtlsSocket(transport, options),
      allowHalfOpen: false,
      limits: datagramLimits,
      channel: (options) => new DatagramChannel(options),
    });
    this.stop = () => loop.stop();
    socket.once('close', () => {
      this.phase = 'closed';
      this.socket = undefined;
      this.emit('close');
    });
  }
}
