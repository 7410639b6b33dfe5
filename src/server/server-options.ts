import type { Writable } from 'node:stream';
import type { SecureContext as NodeSecureContext } from 'node:tls';
import type { Observer } from '../connection/observer.ts';
import type { FactDetails } from '../facts/fact-stream.ts';
import type { ClientHelloOptions } from './client-hellos.ts';
import type { AlpnOptions } from './options/alpn.ts';
import type { RequestOptions } from './options/client-certificates.ts';
import type { PskOptions } from './options/pre-shared-keys.ts';
import type { SecureContext, SecureContextOptions } from './secure-context.ts';
import { TlsError } from './sockets/tls-error.ts';
import type { TlsSocket } from './sockets/tls-socket.ts';
import type { Limits } from './transport/connection-limits.ts';

/**
 * Options of `createServer` besides those of a context. Names and defaults are those of `node:tls` where it has the
 * option.
 */
export interface ServerOptions
  extends SecureContextOptions,
    RequestOptions,
    AlpnOptions,
    PskOptions,
    ClientHelloOptions {
  /** `true` selects `DatagramServerOptions`. */
  readonly datagrams?: false | undefined;
  /** Finds the context for the client's server name; without one the server's own is used. May answer later. */
  readonly SNICallback?: SniCallback | undefined;
  /** Milliseconds for a handshake: 120000 unless given; 0 for ever. */
  readonly handshakeTimeout?: number | undefined;
  /** Milliseconds without a byte in either direction after which a connection is ended: never unless given. */
  readonly idleTimeout?: number | undefined;
  /** Milliseconds that a peer may take to close after our goodbye: see `Limits`. */
  readonly goodbyeTimeout?: number | undefined;
  readonly goodbyeSilence?: number | undefined;
  /** Our side of a connection stays open after the client's FIN: false unless given. */
  readonly allowHalfOpen?: boolean | undefined;
  /** Bytes that a socket buffers in each direction before it applies backpressure. */
  readonly highWaterMark?: number | undefined;
  /** Small writes are sent at once: true unless given. */
  readonly noDelay?: boolean | undefined;
  readonly keepAlive?: boolean | undefined;
  /** Milliseconds before the first probe of `keepAlive`. */
  readonly keepAliveInitialDelay?: number | undefined;
  /** Optional details of the event `fact`. */
  readonly facts?: FactDetails | undefined;
  /**
   * A pcapng capture of all connections, with the secrets that decrypt it, is written here. The server does not end the
   * stream: after the server's `close` everything has been written to it. A stream that fails, or has 8 MiB waiting,
   * loses packets and stops nothing.
   */
  readonly capture?: Writable | undefined;
  /** The capture has the secrets: true unless given. */
  readonly captureSecrets?: boolean | undefined;
  /** Observer of every connection, or a function that makes one for each before its first byte. */
  readonly observer?: Observer | ((socket: TlsSocket) => Observer | undefined) | undefined;
}

/**
 * SniCallback is as in `node:tls`: an error ends the handshake, without a context the server's own is used. A context
 * of Node's own `tls.createSecureContext` has the type, and ends the handshake too: its content cannot be read.
 */
export type SniCallback = (
  servername: string,
  callback: (error: Error | null, context?: SecureContext | NodeSecureContext | null) => void,
) => void;

/** limitsFrom returns the limits that the options set; the others keep their defaults. @throws {TlsError} */
export function limitsFrom(options: Pick<ServerOptions, (typeof limitNames)[number]>): Partial<Limits> {
  return Object.fromEntries(limitNames.flatMap((name) => limit(name, options[name])));
}

const limitNames = ['handshakeTimeout', 'idleTimeout', 'goodbyeTimeout', 'goodbyeSilence'] as const;

/** A timer fires after one millisecond for a longer time and for NaN. */
const longest = 0x7fffffff;

function limit(name: string, value: number | undefined): (readonly [string, number])[] {
  if (value === undefined) return [];
  if (value >= 0 && value <= longest) return [[name, value]];
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `${name}: not a number from 0 to ${longest}`);
}
