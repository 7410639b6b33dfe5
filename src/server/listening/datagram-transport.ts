import type { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import type { Transport } from '../transport/transport.ts';

export interface DatagramTransportOptions {
  readonly remote: AddressInfo;
  readonly local: AddressInfo;
  /** Sends one datagram; `done` is called when the system has sent or lost it. */
  send(datagram: Uint8Array, done: () => void): void;
  /** Called when a handshake with the peer is finished. */
  proven(): void;
  /** Called when the transport is closed: the peer may begin anew. */
  closed(): void;
}

/**
 * DatagramTransport is one peer's share of a UDP socket. Every chunk is a datagram. Datagrams that arrive faster than
 * they are read are dropped, as the network may.
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

  /** True from the peer's finished handshake until we have sent our close_notify. */
  get isProven(): boolean {
    return this.finishedHandshake && !this.writableEnded && !this.destroyed;
  }

  proven(): void {
    this.finishedHandshake = true;
    this.options.proven();
  }

  /** receive takes a datagram from the peer. */
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

  /** DTLS over UDP has no FIN: our end is the end of both directions. */
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

/** Maximum number of datagrams buffered in each direction. */
const mostWaiting = 128;
