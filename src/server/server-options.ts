import type { SecureContext as NodeSecureContext } from 'node:tls';
import type { Observer } from '../connection/observer.ts';
import type { FactDetails } from '../facts/fact-stream.ts';
import type { AlpnOptions } from './options/alpn.ts';
import type { RequestOptions } from './options/client-certificates.ts';
import type { PskOptions } from './options/pre-shared-keys.ts';
import type { SecureContext, SecureContextOptions } from './secure-context.ts';
import { TlsError } from './sockets/tls-error.ts';
import type { TlsSocket } from './sockets/tls-socket.ts';
import type { Limits } from './transport/limits.ts';

/** What `createServer` takes besides a context. Names and defaults are those of `node:tls` where it has the option. */
export interface ServerOptions extends SecureContextOptions, RequestOptions, AlpnOptions, PskOptions {
  /** With `true` the server is one of `DatagramServerOptions`. */
  readonly datagrams?: false | undefined;
  /** Finds the context for the name that a client asks for; without one the server's own is used. May take its time. */
  readonly SNICallback?: SniCallback | undefined;
  /** Milliseconds for a handshake: 120000 unless given; 0 for ever. */
  readonly handshakeTimeout?: number | undefined;
  /** Milliseconds without a byte in either direction after which a connection is ended: never unless given. */
  readonly idleTimeout?: number | undefined;
  /** How long a peer that we are done with may take to go: see `Limits`. */
  readonly goodbyeTimeout?: number | undefined;
  readonly goodbyeSilence?: number | undefined;
  /** Whether a connection stays open on our side when the client has ended: false unless given. */
  readonly allowHalfOpen?: boolean | undefined;
  /** Bytes that a socket buffers in each direction before it asks for patience. */
  readonly highWaterMark?: number | undefined;
  /** True unless given: small writes leave at once. */
  readonly noDelay?: boolean | undefined;
  readonly keepAlive?: boolean | undefined;
  /** Milliseconds before the first probe of `keepAlive`. */
  readonly keepAliveInitialDelay?: number | undefined;
  /** What the event `fact` tells besides. */
  readonly facts?: FactDetails | undefined;
  /** Watches every connection, or makes the watcher of each one before its first byte. */
  readonly observer?: Observer | ((socket: TlsSocket) => Observer | undefined) | undefined;
}

/**
 * As in `node:tls`: the error ends the handshake, without a context the server's own is used. A context of Node's own
 * `tls.createSecureContext` has the type, and ends the handshake too: what is in it cannot be read.
 */
export type SniCallback = (
  servername: string,
  callback: (error: Error | null, context?: SecureContext | NodeSecureContext | null) => void,
) => void;

/** The limits that the options set; the others keep their defaults. @throws {TlsError} */
export function limitsFrom(options: Pick<ServerOptions, (typeof limitNames)[number]>): Partial<Limits> {
  return Object.fromEntries(limitNames.flatMap((name) => limit(name, options[name])));
}

const limitNames = ['handshakeTimeout', 'idleTimeout', 'goodbyeTimeout', 'goodbyeSilence'] as const;

/** A timer takes a longer time, and what is no number, for a millisecond. */
const longest = 0x7fffffff;

function limit(name: string, value: number | undefined): (readonly [string, number])[] {
  if (value === undefined) return [];
  if (value >= 0 && value <= longest) return [[name, value]];
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `${name}: not a number from 0 to ${longest}`);
}
