import { Malformed } from './malformed.ts';

/**
 * Cursor reads big-endian values from a piece of memory. Bounds are checked here and in `Sink`, nowhere else. `take`
 * and `rest` return views, not copies.
 */
export class Cursor {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  get position(): number {
    return this.at;
  }

  /** Reads an unsigned number of 1 to 4 bytes. */
  uint(size: number): number {
    this.need(size);
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (this.bytes[this.at++] as number);
    return value;
  }

  take(size: number): Uint8Array {
    this.need(size);
    const taken = this.bytes.subarray(this.at, this.at + size);
    this.at += size;
    return taken;
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }

  /** Returns a cursor over the next `size` bytes and skips them here. */
  within(size: number): Cursor {
    return new Cursor(this.take(size));
  }

  /** Checks that everything was read. @throws {Malformed} when bytes are left over. */
  end(): void {
    if (this.left > 0) throw new Malformed(`${this.left} bytes too many`);
  }

  private need(size: number): void {
    if (this.left < size) throw new Malformed(`${size} bytes needed, ${this.left} left`);
  }
}
