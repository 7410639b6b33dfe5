import type { SecureContext as NodeSecureContext } from 'node:tls';
import type { Observer } from '../connection/observer.ts';
import type { AlpnChoice } from '../handshake/flow/settings.ts';
import type { Limits } from './limits.ts';
import type { RequestOptions } from './options/client-certificates.ts';
import type { SecureContext, SecureContextOptions } from './secure-context.ts';
import { TlsError } from './tls-error.ts';
import type { TlsSocket } from './tls-socket.ts';

/** What `createServer` takes besides a context. Names and defaults are those of `node:tls` where it has the option. */
export interface ServerOptions extends SecureContextOptions, RequestOptions {
  /** With `true` the server is one of `DatagramServerOptions`. */
  readonly datagrams?: false | undefined;
  /** Names in our order of preference, as an array or in the form of the wire. */
  readonly ALPNProtocols?: readonly string[] | NodeJS.ArrayBufferView | undefined;
  /** Chooses one of the client's protocols; undefined ends the handshake. Instead of `ALPNProtocols`. */
  readonly ALPNCallback?: AlpnCallback | undefined;
  /** Finds the context for the name that a client asks for; without one the server's own is used. May take its time. */
  readonly SNICallback?: SniCallback | undefined;
  /**
   * Finds the pre-shared key for the identity that a client names, up to TLS 1.2 and in TLS 1.3 (with SHA-256): 1 to 256
   * bytes, or nothing for one that nobody has. May take its time. Unlike in `node:tls` an identity that nobody has looks
   * to the client like a wrong key. In TLS 1.3 suites with SHA-256 are preferred then.
   */
  readonly pskCallback?: PskCallback | undefined;
  /** Said to clients up to TLS 1.2 before they name their identity; at most 256 bytes. */
  readonly pskIdentityHint?: string | undefined;
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
  /** Watches every connection, or makes the watcher of each one before its first byte. */
  readonly observer?: Observer | ((socket: TlsSocket) => Observer | undefined) | undefined;
}

/** As in `node:tls`, and a promise will do. */
export type AlpnCallback = (offer: {
  readonly servername: string;
  readonly protocols: string[];
}) => ReturnType<AlpnChoice>;

/**
 * As in `node:tls`, and a promise will do. What it throws ends the handshake. An identity without a key (null) fails as a
 * wrong key does where that can be kept from the client, so that identities cannot be tried out.
 */
export type PskCallback = (
  socket: TlsSocket,
  identity: string,
) => NodeJS.ArrayBufferView | null | undefined | Promise<NodeJS.ArrayBufferView | null | undefined>;

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
