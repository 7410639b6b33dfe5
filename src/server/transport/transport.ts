import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Path } from '../../connection/engine.ts';

/** Transport carries a conversation: a socket of the system, or one peer's share of a UDP socket. */
export interface Transport
  extends Duplex,
    Pick<
      Socket,
      | 'remoteAddress'
      | 'remotePort'
      | 'remoteFamily'
      | 'localAddress'
      | 'localPort'
      | 'address'
      | 'bytesRead'
      | 'bytesWritten'
      | 'destroySoon'
    > {
  /** Emits `timeout` after so many milliseconds without a byte in either direction; 0: never. */
  setTimeout(milliseconds: number): this;
  setNoDelay(on?: boolean): this;
  setKeepAlive(on?: boolean, milliseconds?: number): this;
  ref(): this;
  unref(): this;
  /** Called when the handshake is finished: the peer is no replay of an earlier one. */
  proven?(): void;
  /** Our connection id; undefined: there is none. */
  readonly connectionId?: Uint8Array | undefined;
  /** The address that a datagram with a connection id came from. */
  pathOf?(datagram: Uint8Array): Path | undefined;
  /** follow sends to this path from now on. True: the peer's address has changed. */
  follow?(path: Path): boolean;
}

/** Accepting is a source of connections. Those that come before `accept` is called wait. */
export interface Accepting {
  /** The ACCEPT line without line feed; includes the address when the system chose the port. */
  readonly acceptLine: string;
  /** The bound address; empty for a path. */
  readonly host: string;
  /** The bound port; 0 for a path. */
  readonly port: number;
  accept(take: (transport: Transport) => void): void;
  /** close accepts no more connections. */
  close(): void;
}
