import type { Incoming } from '../flow/flow.ts';

const headerLength = 4;
const nothing = new Uint8Array(0);

/** StreamAssembly assembles handshake messages from the records of a stream. */
export class StreamAssembly {
  private pending: Uint8Array = nothing;
  /**
   * Content after `pending`, joined with it once a whole message has arrived: joining at each record would be
   * quadratic.
   */
  private behind: Uint8Array[] = [];
  private behindLength = 0;

  /** True while a partial message is buffered. */
  get midway(): boolean {
    return this.length > 0;
  }

  /** Adds content, which is copied. */
  push(content: Uint8Array): void {
    this.behind.push(new Uint8Array(content));
    this.behindLength += content.length;
  }

  /** Type and length of the current message, as soon as its header has arrived. */
  get header(): { readonly type: number; readonly length: number } | undefined {
    if (this.length < headerLength) return undefined;
    if (this.pending.length < headerLength) this.join();
    const [type = 0, high = 0, middle = 0, low = 0] = this.pending;
    return { type, length: high * 0x10000 + middle * 0x100 + low };
  }

  /** The next whole message. */
  next(): Incoming | undefined {
    const { header } = this;
    if (header === undefined || this.length < headerLength + header.length) return undefined;
    this.join();
    const { pending } = this;
    const bytes = pending.subarray(0, headerLength + header.length);
    // An empty rest must not keep the memory of the message alive.
    this.pending = bytes.length === pending.length ? nothing : pending.subarray(bytes.length);
    return { type: header.type, body: bytes.subarray(headerLength), bytes, endsRecord: this.pending.length === 0 };
  }

  private get length(): number {
    return this.pending.length + this.behindLength;
  }

  private join(): void {
    const [first] = this.behind;
    if (first === undefined) return;
    const isOne = this.pending.length === 0 && this.behind.length === 1;
    this.pending = isOne ? first : Buffer.concat([this.pending, ...this.behind]);
    this.behind = [];
    this.behindLength = 0;
  }
}
