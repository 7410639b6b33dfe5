import { Server as NetServer, type Socket } from 'node:net';
import type { Fact } from '../facts/fact.ts';
import { captureFrom } from './library-capture.ts';
import { checkContextOptions, checkServerOptions } from './option-names.ts';
import { integerFrom } from './options/option-value.ts';
import { contextSettings, type SecureContext, type SecureContextOptions } from './secure-context.ts';
import { serveLibrary } from './serve-library.ts';
import { limitsFrom, type ServerOptions } from './server-options.ts';
import { ServerQuestions, type SessionDone, type SessionFound } from './server-questions.ts';
import { ServerSettings } from './server-settings.ts';
import { TlsError } from './sockets/tls-error.ts';
import { TlsSocket } from './sockets/tls-socket.ts';
import type { TellStatusRequest } from './status-requests.ts';

/**
 * A `net.Server` whose connections are TLS. Its events besides those of `net.Server`:
 *
 * - `secureConnection` (TlsSocket): a handshake is done.
 * - `tlsClientError` (Error, TlsSocket): a connection ended before it was secure; the socket may still have the hello.
 * - `keylog` (Buffer, TlsSocket): a line for a key log file in the format of packet analysers.
 * - `earlyData` (Buffer, TlsSocket): early data of a client, before the handshake is done and perhaps a replay. Only
 *   with the option of this name.
 * - `newSession` (id, session, done): a session that a client may resume by its id; `done` must be called.
 * - `resumeSession` (id, found): a client wants to resume by id; `found(error, session)` must be called.
 * - `fact` (Fact): the server listens, or an event on a connection that began after the first listener was added.
 * - `OCSPRequest` (certificate, issuer, found): a client requests the OCSP response for the certificate (DER); `issuer`
 *   is null where the chain does not have it. `found(error, response)` must be called.
 */
export class Server extends NetServer {
  private readonly settings: ServerSettings;

  constructor(options: ServerOptions = {}, listener?: (socket: TlsSocket) => void) {
    checkStreamOptions(options);
    const { noDelay = true, keepAlive = false, keepAliveInitialDelay = 0 } = options;
    // The engine ends its own side: close_notify goes before the FIN.
    super({ allowHalfOpen: true, noDelay, keepAlive, keepAliveInitialDelay });
    this.settings = new ServerSettings(options, new ServerQuestions(this), contextSettings(options));
    serveLibrary({
      server: this,
      address: () => this.address(),
      options,
      settings: this.settings,
      capture: captureFrom(options),
      listener: { accept: (take) => this.on('connection', take), close: () => this.close() },
      createSocket: (transport, given) => new TlsSocket(transport, given),
      allowHalfOpen: options.allowHalfOpen ?? false,
      stream: streamFrom(options),
    });
    if (listener) this.on('secureConnection', listener);
  }

  /**
   * addContext serves clients that ask for this name with the certificates of another context; `*` stands for one
   * label.
   */
  addContext(name: string, context: SecureContext | SecureContextOptions): void {
    this.settings.add(name, context);
  }

  /** setSecureContext replaces the context for new connections; existing ones keep theirs. @throws {TlsError} */
  setSecureContext(options: SecureContextOptions): void {
    checkContextOptions(options);
    this.settings.use(contextSettings(options));
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

  override on(event: 'secureConnection', listener: (socket: TlsSocket) => void): this;
  override on(event: 'tlsClientError', listener: (error: Error, socket: TlsSocket) => void): this;
  override on(event: 'keylog', listener: (line: Buffer, socket: TlsSocket) => void): this;
  override on(event: 'earlyData', listener: (chunk: Buffer, socket: TlsSocket) => void): this;
  override on(event: 'fact', listener: (fact: Fact) => void): this;
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
}

/** checkStreamOptions runs before anything is opened. @throws {TlsError} */
function checkStreamOptions(options: ServerOptions): void {
  checkServerOptions(options);
  limitsFrom(options);
  if (options.datagrams)
    throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'datagrams: createServer makes such a server');
}

function streamFrom({ highWaterMark }: ServerOptions): { readonly highWaterMark?: number } {
  if (highWaterMark === undefined) return {};
  return { highWaterMark: integerFrom('highWaterMark', highWaterMark, { otherwise: 0, max: 0x7fffffff }) };
}
