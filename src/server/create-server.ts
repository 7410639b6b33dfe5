import { Server as NetServer, type Socket } from 'node:net';
import { TlsEngine } from '../connection/tls-engine.ts';
import type { Settings } from '../handshake/settings.ts';
import type { StatusAnswer, StatusQuestion } from '../handshake/status-lookup.ts';
import { alpnFrom } from './alpn.ts';
import { clientAuthenticationFrom } from './client-certificates.ts';
import { connectionObserver } from './connection-observer.ts';
import type { Limits } from './limits.ts';
import { OfferedSessions } from './offered-sessions.ts';
import { preSharedKeysFrom } from './pre-shared-keys.ts';
import { createSecureContext, type SecureContext, type SecureContextOptions } from './secure-context.ts';
import { ServerContexts } from './server-contexts.ts';
import { limitsFrom, type ServerOptions } from './server-options.ts';
import { askForStatus, type TellStatusRequest } from './status-requests.ts';
import { disconnected, errorOfTrouble, optionError } from './tls-error.ts';
import { TlsSocket, type Trouble } from './tls-socket.ts';

/**
 * A TLS server in the shape of `node:tls`. `listener` is called for `secureConnection`.
 * @throws {TlsError} for an option that is not right or not available
 */
export function createServer(options: ServerOptions, listener?: (socket: TlsSocket) => void): Server;
export function createServer(listener?: (socket: TlsSocket) => void): Server;
export function createServer(
  first: ServerOptions | ((socket: TlsSocket) => void) = {},
  second?: (socket: TlsSocket) => void,
): Server {
  return typeof first === 'function' ? new Server({}, first) : new Server(first, second);
}

/** To be called once the session is kept. */
export type SessionDone = () => void;

/** Takes the session that was looked up; none where it is not known. An error ends the connection. */
export type SessionFound = (error: Error | null, session?: Uint8Array | null) => void;

/**
 * A `net.Server` whose connections are TLS. Its events besides those of `net.Server`:
 *
 * - `secureConnection` (TlsSocket): a handshake is done.
 * - `tlsClientError` (Error, TlsSocket): a connection ended before it was secure; the socket may still know the hello.
 * - `keylog` (Buffer, TlsSocket): a line for a key log file, as packet analysers read it.
 * - `earlyData` (Buffer, TlsSocket): early data of a client, before the handshake is done and perhaps sent again by
 *   somebody else. Only with the option of this name.
 * - `newSession` (id, session, done): a session that a client may resume by its id; `done` must be called.
 * - `resumeSession` (id, found): a client wants to resume by id; `found(error, session)` must be called.
 * - `OCSPRequest` (certificate, issuer, found): a client wants to know what OCSP says of the certificate (DER); `issuer`
 *   is null where the chain does not have it. `found(error, response)` must be called.
 */
export class Server extends NetServer {
  private readonly options: ServerOptions;
  private readonly limits: Partial<Limits>;
  private readonly contexts: ServerContexts;
  private settings: Settings;

  constructor(options: ServerOptions = {}, listener?: (socket: TlsSocket) => void) {
    const { noDelay = true, keepAlive = false, keepAliveInitialDelay = 0 } = options;
    // The engine ends its own side: close_notify goes before the FIN.
    super({ allowHalfOpen: true, noDelay, keepAlive, keepAliveInitialDelay });
    this.options = options;
    this.limits = limitsFrom(options);
    this.contexts = new ServerContexts(options.SNICallback);
    this.settings = this.settingsFor(createSecureContext(options));
    this.on('connection', (transport) => this.secure(transport));
    if (listener) this.on('secureConnection', listener);
  }

  /** Serves clients that ask for this name with the certificates of another context; `*` stands for one label. */
  addContext(name: string, context: SecureContext | SecureContextOptions): void {
    this.contexts.add(name, context);
  }

  /** For new connections; those that there are keep what they have. @throws {TlsError} */
  setSecureContext(options: SecureContextOptions): void {
    this.settings = this.settingsFor(createSecureContext(options));
  }

  /** Name and keys that seal tickets now: as many bytes as were set, otherwise 80. */
  getTicketKeys(): Buffer {
    return Buffer.from(this.settings.ticketKeys.bytes);
  }

  /** New tickets get this key; those of the key before can still be used. 48 or 80 bytes. @throws {TlsError} */
  setTicketKeys(keys: Uint8Array): void {
    try {
      this.settings.ticketKeys.use(keys);
    } catch (error) {
      throw optionError('ticketKeys', error);
    }
  }

  override on(event: 'secureConnection', listener: (socket: TlsSocket) => void): this;
  override on(event: 'tlsClientError', listener: (error: Error, socket: TlsSocket) => void): this;
  override on(event: 'keylog', listener: (line: Buffer, socket: TlsSocket) => void): this;
  override on(event: 'earlyData', listener: (chunk: Buffer, socket: TlsSocket) => void): this;
  override on(event: 'newSession', listener: (id: Buffer, session: Buffer, done: SessionDone) => void): this;
  override on(event: 'resumeSession', listener: (id: Buffer, found: SessionFound) => void): this;
  override on(event: 'OCSPRequest', listener: TellStatusRequest): this;
  override on(event: 'connection', listener: (transport: Socket) => void): this;
  override on(event: 'error', listener: (error: Error) => void): this;
  override on(event: 'close' | 'listening' | 'drop', listener: () => void): this;
  override on(event: string, listener: (...facts: never[]) => void): this;
  override on(event: string, listener: (...facts: never[]) => void): this {
    return super.on(event, listener as (...facts: unknown[]) => void);
  }

  private settingsFor({ settings }: SecureContext): Settings {
    const own: Settings = {
      ...settings,
      ...alpnFrom(this.options),
      ...preSharedKeysFrom(this.options),
      ...(settings.clientAuthentication && {
        clientAuthentication: clientAuthenticationFrom(settings.clientAuthentication, this.options),
      }),
      ocsp: (question) => this.askForStatus(question),
      sessions: new OfferedSessions(settings.sessions, {
        kept: (id, session) => this.offerSession(id, session),
        found: (id) => this.askForSession(id),
      }),
    };
    return { ...own, serverName: (name) => this.contexts.lookUp(name, own) };
  }

  private secure(transport: Socket): void {
    const keyLog = (line: Buffer, from: TlsSocket) => this.emit('keylog', line, from);
    const socket = new TlsSocket(transport, {
      createEngine: (doors, socket, departure) =>
        new TlsEngine({
          settings: this.settings,
          doors,
          connection: socket,
          peer: socket.peer,
          departure,
          observer: connectionObserver(
            socket,
            this.options.observer,
            this.listenerCount('keylog') > 0 ? keyLog : undefined,
          ),
        }),
      limits: this.limits,
      allowHalfOpen: this.options.allowHalfOpen ?? false,
      trouble: 'error',
      requestCert: this.options.requestCert ?? false,
    });
    const refuse = (error: Error) => {
      this.emit('tlsClientError', error, socket);
      socket.destroy();
    };
    const problem = (trouble: Trouble) => refuse(errorOfTrouble(trouble));
    const end = () => refuse(disconnected());
    socket.once('problem', problem);
    socket.once('end', end);
    socket.on('earlyData', (chunk: Buffer) => this.emit('earlyData', chunk, socket));
    // As in `node:tls`: nobody has to listen, and who does hears of it too.
    socket.on('error', ignore);
    socket.once('secure', () => {
      socket.off('problem', problem);
      socket.off('end', end);
      this.emit('secureConnection', socket);
    });
  }

  private offerSession(id: Uint8Array, session: Uint8Array): Promise<void> | undefined {
    if (this.listenerCount('newSession') === 0) return undefined;
    return new Promise((resolve) => {
      this.emit('newSession', Buffer.from(id), Buffer.from(session), () => resolve());
    });
  }

  private askForStatus(question: StatusQuestion): StatusAnswer | Promise<StatusAnswer> {
    if (this.listenerCount('OCSPRequest') === 0) return [];
    return askForStatus(question, (...facts) => this.emit('OCSPRequest', ...facts));
  }

  private askForSession(id: Uint8Array): Promise<Uint8Array | undefined> | undefined {
    if (this.listenerCount('resumeSession') === 0) return undefined;
    return new Promise((resolve, reject) => {
      const found: SessionFound = (error, session) => {
        if (error) reject(error);
        else resolve(session ?? undefined);
      };
      this.emit('resumeSession', Buffer.from(id), found);
    });
  }
}

function ignore(): void {}
