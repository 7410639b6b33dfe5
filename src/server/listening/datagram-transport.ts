import type { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import type { Path } from '../../connection/engine.ts';
import type { Transport } from '../transport/transport.ts';
import { NewAddress } from './new-address.ts';

/** SharedSocket is the UDP socket of many transports. */
export interface SharedSocket {
  readonly local: AddressInfo;
  /** Sends one datagram; `done` is called when the system has sent or lost it. */
  send(datagram: Uint8Array, to: AddressInfo, done: () => void): void;
  /** Called when the peer's address has changed. */
  moved(transport: DatagramTransport, remote: AddressInfo): void;
  /** Called when a handshake with the peer is finished. */
  proven(transport: DatagramTransport): void;
  /** Called when the transport is closed: the peer may begin anew. */
  closed(transport: DatagramTransport): void;
}

export interface DatagramTransportOptions {
  readonly socket: SharedSocket;
  readonly remote: AddressInfo;
  /** Our connection id; undefined: the peer is offered none. */
  readonly connectionId: Uint8Array | undefined;
}

/** DatagramPath is where a datagram with a connection id came from. */
export class DatagramPath {
  readonly remote: AddressInfo;
  /** Bytes of the datagram. */
  readonly length: number;

  constructor(remote: AddressInfo, length: number) {
    this.remote = remote;
    this.length = length;
  }
}

/**
 * DatagramTransport is one peer's share of a UDP socket. Every chunk is a datagram. Datagrams that arrive faster than
 * they are read are dropped, as the network may.
 */
export class DatagramTransport extends Duplex implements Transport {
  readonly connectionId: Uint8Array | undefined;
  bytesRead = 0;
  bytesWritten = 0;
  private readonly socket: SharedSocket;
  private finishedHandshake = false;
  private timer: NodeJS.Timeout | undefined;
  private remote: AddressInfo;
  /** The addresses that datagrams came from; undefined without connection ids. */
  private readonly paths: WeakMap<Uint8Array, DatagramPath> | undefined;
  private newestPath: DatagramPath | undefined;
  /** The limit for the peer's address while it is unvalidated. */
  private newAddress: NewAddress | undefined;

  constructor(options: DatagramTransportOptions) {
    super({ objectMode: true, highWaterMark: mostWaiting, allowHalfOpen: true });
    const { socket, remote, connectionId } = options;
    this.socket = socket;
    this.remote = remote;
    this.connectionId = connectionId;
    this.paths = connectionId && new WeakMap();
  }

  get localAddress(): string {
    return this.socket.local.address;
  }

  get localPort(): number {
    return this.socket.local.port;
  }

  get remoteAddress(): string {
    return this.remote.address;
  }

  get remotePort(): number {
    return this.remote.port;
  }

  get remoteFamily(): string {
    return this.remote.family;
  }

  /** True once the peer has finished a handshake. */
  get hasBeenProven(): boolean {
    return this.finishedHandshake;
  }

  /** True from the peer's finished handshake until we have sent our close_notify. */
  get isProven(): boolean {
    return this.finishedHandshake && !this.writableEnded && !this.destroyed;
  }

  proven(): void {
    this.finishedHandshake = true;
    this.socket.proven(this);
  }

  /** receive takes a datagram from the peer; with a connection id it may come from anywhere, which `path` tells. */
  receive(datagram: Uint8Array, path?: DatagramPath): void {
    if (this.destroyed || this.writableFinished || this.readableLength >= mostWaiting) return;
    this.bytesRead += datagram.length;
    if (path !== undefined) this.paths?.set(datagram, path);
    this.push(datagram);
    this.busy();
  }

  pathOf(datagram: Uint8Array): DatagramPath | undefined {
    return this.paths?.get(datagram);
  }

  follow(path: Path): boolean {
    // A datagram may hold several records.
    if (!(path instanceof DatagramPath) || path === this.newestPath) return false;
    this.newestPath = path;
    const { remote, length } = path;
    const isMove = remote.address !== this.remote.address || remote.port !== this.remote.port;
    if (isMove) this.move(remote);
    this.newAddress?.received(length);
    if (this.newAddress?.isProven) this.newAddress = undefined;
    return isMove;
  }

  address(): AddressInfo {
    return this.socket.local;
  }

  setTimeout(milliseconds: number): this {
    clearTimeout(this.timer);
    this.timer = milliseconds > 0 && !this.destroyed ? setTimeout(quiet, milliseconds, this) : undefined;
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
    if (this.newAddress?.maySend(datagram.length) === false) callback();
    else this.socket.send(datagram, this.remote, callback);
  }

  /** DTLS over UDP has no FIN: our end is the end of both directions. */
  override _final(callback: () => void): void {
    this.push(null);
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    this.socket.closed(this);
    callback(error);
  }

  private move(remote: AddressInfo): void {
    this.remote = remote;
    this.newAddress = new NewAddress();
    this.socket.moved(this, remote);
  }

  private busy(): void {
    if (!this.destroyed) this.timer?.refresh();
  }
}

function quiet(transport: DatagramTransport): void {
  transport.emit('timeout');
}

/** Maximum number of datagrams buffered in each direction. */
const mostWaiting = 128;
