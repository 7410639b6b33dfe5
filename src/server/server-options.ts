import type { Observer } from '../connection/observer.ts';
import type { AlpnChoice } from '../handshake/settings.ts';
import type { Limits } from './limits.ts';
import type { SecureContext, SecureContextOptions } from './secure-context.ts';
import type { TlsSocket } from './tls-socket.ts';

/** What `createServer` takes besides a context. Names and defaults are those of `node:tls` where it has the option. */
export interface ServerOptions extends SecureContextOptions {
  /** Names in our order of preference, as an array or in the form of the wire. */
  readonly ALPNProtocols?: readonly string[] | Uint8Array | undefined;
  /** Chooses one of the client's protocols; undefined ends the handshake. Instead of `ALPNProtocols`. */
  readonly ALPNCallback?: AlpnCallback | undefined;
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

/** As in `node:tls`: the error ends the handshake, without a context the server's own is used. */
export type SniCallback = (
  servername: string,
  callback: (error: Error | null, context?: SecureContext | null) => void,
) => void;

/** The limits that the options set; the others keep their defaults. */
export function limitsFrom(options: ServerOptions): Partial<Limits> {
  const { handshakeTimeout, idleTimeout, goodbyeTimeout, goodbyeSilence } = options;
  return {
    ...(handshakeTimeout !== undefined && { handshakeTimeout }),
    ...(idleTimeout !== undefined && { idleTimeout }),
    ...(goodbyeTimeout !== undefined && { goodbyeTimeout }),
    ...(goodbyeSilence !== undefined && { goodbyeSilence }),
  };
}
