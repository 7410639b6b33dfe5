import { Duplex, type DuplexOptions } from 'node:stream';
import type { Transport } from '../transport/transport.ts';

/** TransportDuplex is a stream over a transport, with the transport's members that encryption does not change. */
export class TransportDuplex extends Duplex {
  readonly transport: Transport;

  constructor(transport: Transport, options: DuplexOptions) {
    super(options);
    this.transport = transport;
  }

  /** The peer's address and port; `localhost` for a unix socket. */
  get peer(): string {
    const { remoteAddress, remotePort, remoteFamily } = this.transport;
    if (remoteAddress === undefined) return 'localhost';
    return `${remoteFamily === 'IPv6' ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`;
  }

  get remoteAddress(): string | undefined {
    return this.transport.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.transport.remotePort;
  }

  get remoteFamily(): string | undefined {
    return this.transport.remoteFamily;
  }

  get localAddress(): string | undefined {
    return this.transport.localAddress;
  }

  get localPort(): number | undefined {
    return this.transport.localPort;
  }

  address(): ReturnType<Transport['address']> {
    return this.transport.address();
  }

  /** Bytes of the transport, encryption included. */
  get bytesRead(): number {
    return this.transport.bytesRead;
  }

  get bytesWritten(): number {
    return this.transport.bytesWritten;
  }

  setNoDelay(on = true): this {
    this.transport.setNoDelay(on);
    return this;
  }

  setKeepAlive(on = false, milliseconds = 0): this {
    this.transport.setKeepAlive(on, milliseconds);
    return this;
  }

  ref(): this {
    this.transport.ref();
    return this;
  }

  unref(): this {
    this.transport.unref();
    return this;
  }
}
