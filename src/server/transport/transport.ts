import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What carries a conversation: a socket of the system, or one peer's share of a socket that many use. */
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
  /** After so many milliseconds without a byte in either direction `timeout` is told; 0: never. */
  setTimeout(milliseconds: number): this;
  setNoDelay(on?: boolean): this;
  setKeepAlive(on?: boolean, milliseconds?: number): this;
  ref(): this;
  unref(): this;
  /** The handshake is finished: the peer is no replay of an earlier one. */
  proven?(): void;
}

/** Where connections come from. Those that come before `accept` is called wait. */
export interface Accepting {
  /** Without line feed; says where, when the port was left to the system. */
  readonly acceptLine: string;
  /** As the system has it; empty for a path. */
  readonly host: string;
  /** As the system has it; 0 for a path. */
  readonly port: number;
  accept(take: (transport: Transport) => void): void;
  /** Nobody new is taken. */
  close(): void;
}
