import type { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import type { Transport } from '../transport/transport.ts';

export interface DatagramTransportOptions {
  readonly remote: AddressInfo;
  readonly local: AddressInfo;
  /** Sends one datagram; `done` comes when the system has it or has lost it. */
  send(datagram: Uint8Array, done: () => void): void;
  /** A handshake with the peer is finished. */
  proven(): void;
  /** The peer may begin anew. */
  closed(): void;
}

/**
 * One peer's share of a UDP socket. Every chunk is a datagram. What comes faster than it is read is lost, as it may be
 * anywhere on its way.
 */
export class DatagramTransport extends Duplex implements Transport {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly remoteFamily: string;
  readonly localAddress: string;
  readonly localPort: number;
  bytesRead = 0;
  bytesWritten = 0;
  private readonly options: DatagramTransportOptions;
  private quietFor = 0;
  private finishedHandshake = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: DatagramTransportOptions) {
    super({ objectMode: true, highWaterMark: mostWaiting, allowHalfOpen: true });
    const { remote, local } = options;
    this.options = options;
    this.remoteAddress = remote.address;
    this.remotePort = remote.port;
    this.remoteFamily = remote.family;
    this.localAddress = local.address;
    this.localPort = local.port;
  }

  /** The peer has finished a handshake here, and we have not said goodbye to it. */
  get isProven(): boolean {
    return this.finishedHandshake && !this.writableEnded && !this.destroyed;
  }

  proven(): void {
    this.finishedHandshake = true;
    this.options.proven();
  }

  /** A datagram has come from the peer. */
  receive(datagram: Uint8Array): void {
    if (this.destroyed || this.writableFinished || this.readableLength >= mostWaiting) return;
    this.bytesRead += datagram.length;
    this.push(datagram);
    this.busy();
  }

  address(): AddressInfo {
    return this.options.local;
  }

  setTimeout(milliseconds: number): this {
    this.quietFor = milliseconds;
    this.busy();
    return this;
  }

  destroySoon(): void {
    if (this.writableFinished) this.destroy();
    else this.end(() => this.destroy());
  }

  /** Datagrams leave at once anyway. */
  setNoDelay(): this {
    return this;
  }

  /** There is no connection to keep alive. */
  setKeepAlive(): this {
    return this;
  }

  /** The socket that is shared keeps the process alive, not one peer. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(datagram: Uint8Array, _encoding: BufferEncoding, callback: () => void): void {
    this.bytesWritten += datagram.length;
    this.busy();
    this.options.send(datagram, callback);
  }

  /** Nobody tells a peer's end from its silence: ours is the end of both. */
  override _final(callback: () => void): void {
    this.push(null);
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    this.options.closed();
    callback(error);
  }

  private busy(): void {
    clearTimeout(this.timer);
    if (this.quietFor > 0 && !this.destroyed) this.timer = setTimeout(() => this.emit('timeout'), this.quietFor);
  }
}

/** Datagrams that are kept in each direction. */
const mostWaiting = 128;
