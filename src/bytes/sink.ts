import { TooLong } from './too-long.ts';

/** Collects big-endian values; grows as needed. */
export class Sink {
  private bytes: Uint8Array;
  private length = 0;

  constructor(expected = 256) {
    this.bytes = new Uint8Array(expected);
  }

  get size(): number {
    return this.length;
  }

  uint(value: number, size: number): void {
    const at = this.room(size);
    this.put(value, at, size);
  }

  append(bytes: Uint8Array): void {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
  }

  /**
   * Writes the length, in `size` bytes, of what `body` writes, in front of it.
   * @throws {TooLong} when `limit` does not include the length
   */
  prefixed(size: number, limit: { min: number; max: number }, body: () => void): void {
    const at = this.room(size);
    const start = this.length;
    body();
    const length = this.length - start;
    if (length < limit.min || length > limit.max) throw new TooLong(length, limit);
    this.put(length, at, size);
  }

  /** A view of the bytes written; the sink must not be used afterwards. */
  done(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private put(value: number, at: number, size: number): void {
    let left = value;
    for (let i = size - 1; i >= 0; i--) {
      this.bytes[at + i] = left % 256;
      left = Math.floor(left / 256);
    }
  }

  private room(size: number): number {
    const at = this.length;
    const needed = at + size;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
    }
    this.length = needed;
    return at;
  }
}
