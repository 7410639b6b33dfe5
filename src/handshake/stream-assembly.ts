import type { Incoming } from './flow.ts';

const headerLength = 4;
const nothing = new Uint8Array(0);

/** Puts handshake messages together from the records of a stream. */
export class StreamAssembly {
  private pending: Uint8Array = nothing;

  /** Whether a message has begun and not ended. */
  get midway(): boolean {
    return this.pending.length > 0;
  }

  push(content: Uint8Array): void {
    this.pending = this.pending.length === 0 ? Uint8Array.from(content) : Buffer.concat([this.pending, content]);
  }

  /** Type and length of the message at hand, as soon as its header is there. */
  get header(): { readonly type: number; readonly length: number } | undefined {
    const [type, high = 0, middle = 0, low = 0] = this.pending;
    if (type === undefined || this.pending.length < headerLength) return undefined;
    return { type, length: high * 0x10000 + middle * 0x100 + low };
  }

  /** The next whole message. */
  next(): Incoming | undefined {
    const { header, pending } = this;
    if (header === undefined || pending.length < headerLength + header.length) return undefined;
    const bytes = pending.subarray(0, headerLength + header.length);
    // Nothing left must not keep alive what has been handed out.
    this.pending = bytes.length === pending.length ? nothing : pending.subarray(bytes.length);
    return { type: header.type, body: bytes.subarray(headerLength), bytes, endsRecord: this.pending.length === 0 };
  }
}
