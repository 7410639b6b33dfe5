import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { toPem } from '../bytes/pem.ts';
import { randomBytes } from '../crypto/primitives/random.ts';
import type { ReceivedHello } from '../facts/received-hello.ts';
import { selfSigned } from '../x509/issue/self-signed.ts';
import type { ExpectOptions } from './expecting.ts';
import { Server } from './server.ts';
import type { ServerOptions } from './server-options.ts';
import { TlsError } from './sockets/tls-error.ts';
import type { TlsSocket } from './sockets/tls-socket.ts';

export interface TestServerOptions extends ServerOptions {
  /** Host to listen on: `127.0.0.1` unless given. */
  readonly host?: string | undefined;
  /** Names in a generated certificate: `localhost`, `127.0.0.1` and `::1` unless given. */
  readonly names?: readonly string[] | undefined;
}

/** TestConnection is one client's connection. It includes failed handshakes, which a test is often about. */
export interface TestConnection {
  readonly socket: TlsSocket;
  /** Undefined for a client that has gone before its hello. */
  readonly clientHello: ReceivedHello | undefined;
  /** The error of a failed handshake; undefined for a successful one. */
  readonly error: Error | undefined;
}

/**
 * A server for one test, on a free port and with a fresh certificate unless there is one in the options:
 *
 * ```ts
 * import { connect } from 'node:tls';
 * import { testServer } from 'serverhello';
 *
 * const server = await testServer({ ALPNProtocols: ['h2'] });
 * const client = connect({ port: server.port, ca: server.certificate, servername: 'localhost' });
 * const { clientHello, socket } = await server.next();
 * client.destroy();
 * await server.close();
 * ```
 *
 * @throws {TlsError} for an option that is not right or not available; the system's error where it cannot listen
 */
export async function testServer(
  options: TestServerOptions = {},
  listener?: (socket: TlsSocket) => void,
): Promise<TestServer> {
  const { host = '127.0.0.1', names = ['localhost', '127.0.0.1', '::1'], ...given } = options;
  const identity = given.cert === undefined && given.key === undefined ? selfMade(names) : given;
  const server = new Server({ goodbyeSilence: 100, goodbyeTimeout: 5000, ...given, ...identity }, listener);
  const testing = new TestServer(server, textOf(identity.cert));
  server.listen(0, host);
  await once(server, 'listening');
  return testing;
}

/** Made by `testServer`. It is disposable: `await using`, which Node 24 knows, closes it at the end of the block. */
export class TestServer implements AsyncDisposable {
  /** The underlying server. */
  readonly server: Server;
  /** The certificate to trust, in PEM: the one made for this server, or the one that was given. */
  readonly certificate: string | undefined;
  private readonly transports = new Set<Socket>();
  private readonly secure = new Set<TlsSocket>();
  private readonly arrived: TestConnection[] = [];
  private readonly waiting: { resolve(connection: TestConnection): void; reject(error: Error): void }[] = [];
  private closed: Promise<void> | undefined;

  constructor(server: Server, certificate: string | undefined) {
    this.server = server;
    this.certificate = certificate;
    server.on('connection', (transport) => {
      this.transports.add(transport);
      transport.once('close', () => this.transports.delete(transport));
    });
    server.on('secureConnection', (socket) => {
      this.secure.add(socket);
      socket.once('close', () => this.secure.delete(socket));
      this.arrive(socket, undefined);
    });
    server.on('tlsClientError', (error, socket) => this.arrive(socket, error));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Number of open connections. */
  get size(): number {
    return this.transports.size;
  }

  /**
   * next returns the next connection that has finished its handshake or failed in it, each once, in the order of their
   * ends. Rejects with ERR_SERVERHELLO_CLOSED once the server is closed.
   */
  next(): Promise<TestConnection> {
    const arrived = this.arrived.shift();
    if (arrived !== undefined) return Promise.resolve(arrived);
    if (this.closed !== undefined) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
    });
  }

  /** expect is that of the server. */
  expect(terms: string | readonly string[], options?: ExpectOptions): Promise<void> {
    return this.server.expect(terms, options);
  }

  /** close stops listening and ends all connections. Resolves when everything is closed. */
  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private arrive(socket: TlsSocket, error: Error | undefined): void {
    if (this.closed !== undefined) return;
    const connection = { socket, clientHello: socket.clientHello, error };
    const first = this.waiting.shift();
    if (first) first.resolve(connection);
    else this.arrived.push(connection);
  }

  private async end(): Promise<void> {
    const closed = this.server.listening ? once(this.server, 'close') : undefined;
    this.server.close();
    for (const { reject } of this.waiting.splice(0)) reject(closedError());
    for (const socket of this.secure) socket.hangUp();
    // Neither a client that reads nothing nor one that stays connected may delay a test.
    await Promise.all([closed, ...Array.from(this.transports, part)]);
  }
}

/** part resolves when the transport is closed; it sends pending data if that leaves at once. */
async function part(transport: Socket): Promise<void> {
  if (transport.closed) return;
  // once() would reject on an error of the transport.
  const closed = new Promise((resolve) => transport.once('close', resolve));
  if (transport.writableLength === 0) transport.destroySoon();
  else transport.destroy();
  await closed;
}

function selfMade(names: readonly string[]): Pick<ServerOptions, 'key' | 'cert'> {
  const { key, certificate } = selfSigned({ names, now: Date.now(), random: randomBytes });
  return { key, cert: toPem('CERTIFICATE', certificate) };
}

function textOf(cert: ServerOptions['cert']): string | undefined {
  if (typeof cert === 'string') return cert;
  return cert instanceof Uint8Array && Buffer.from(cert).includes('-----BEGIN ')
    ? Buffer.from(cert).toString()
    : undefined;
}

function closedError(): TlsError {
  return new TlsError('ERR_SERVERHELLO_CLOSED', 'the server is closed');
}
