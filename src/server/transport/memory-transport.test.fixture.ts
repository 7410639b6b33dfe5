import { Duplex } from 'node:stream';
import type { Transport } from './transport.ts';

/** A transport without a system: its peer takes what is written, and gives what is read, piece by piece. */
export class MemoryTransport extends Duplex implements Transport {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 40_000;
  readonly remoteFamily = 'IPv4';
  readonly localAddress = '127.0.0.1';
  readonly localPort = 4433;
  readonly bytesRead = 0;
  readonly bytesWritten = 0;
  private waiting: Uint8Array = new Uint8Array(0);
  private written: () => void = () => {};

  constructor({ over = 'stream' }: { readonly over?: 'stream' | 'datagrams' } = {}) {
    super({ allowHalfOpen: true, readableObjectMode: over === 'datagrams' });
  }

  /** The peer takes so many bytes at most; of datagrams with Infinity, one. */
  peerTakes(length: number): Uint8Array {
    const taken = this.waiting.subarray(0, length);
    this.waiting = this.waiting.subarray(length);
    const done = this.written;
    if (this.waiting.length === 0) {
      this.written = () => {};
      done();
    }
    return taken;
  }

  /** The bytes that the peer sends; null: its FIN. */
  peerGives(bytes: Uint8Array | null): void {
    if (!this.destroyed && !this.readableEnded) this.push(bytes);
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this.waiting = Buffer.concat([this.waiting, chunk]);
    this.written = done;
  }

  override _final(done: () => void): void {
    done();
  }

  destroySoon(): void {
    this.end(() => this.destroy());
  }

  address() {
    return { address: this.localAddress, port: this.localPort, family: 'IPv4' };
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
