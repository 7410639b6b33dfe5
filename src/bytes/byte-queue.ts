/**
 * ByteQueue buffers the chunks of a socket and hands them out in pieces of the size asked for. A piece within one chunk
 * is a view of it; a piece across chunks is collected in memory of its own, so that it costs one copy however small the
 * chunks are.
 */
export class ByteQueue {
  private chunks: Uint8Array[] = [];
  private first = 0;
  private at = 0;
  private partial: Uint8Array | undefined;
  private filled = 0;
  private untaken = 0;

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.untaken += chunk.length;
  }

  /** Bytes not yet taken, without those already collected for a piece. */
  get length(): number {
    return this.untaken;
  }

  /** True when nothing is buffered. */
  get empty(): boolean {
    return this.filled === 0 && this.first === this.chunks.length;
  }

  /** Exactly `size` bytes, or undefined while there are fewer. The next call must ask for the same size. */
  take(size: number): Uint8Array | undefined {
    if (this.partial === undefined) {
      const chunk = this.chunks[this.first];
      if (chunk !== undefined && chunk.length - this.at >= size) return this.advance(chunk, size);
      if (size === 0) return new Uint8Array(0);
      if (chunk === undefined) return undefined;
      this.partial = new Uint8Array(size);
    }
    return this.fill(this.partial);
  }

  /** The part collected so far of the piece that `take` waits for. */
  get collected(): Uint8Array | undefined {
    return this.partial?.subarray(0, this.filled);
  }

  private fill(piece: Uint8Array): Uint8Array | undefined {
    for (let chunk = this.chunks[this.first]; chunk !== undefined; chunk = this.chunks[this.first]) {
      const part = this.advance(chunk, Math.min(piece.length - this.filled, chunk.length - this.at));
      piece.set(part, this.filled);
      this.filled += part.length;
      if (this.filled === piece.length) {
        this.partial = undefined;
        this.filled = 0;
        return piece;
      }
    }
    return undefined;
  }

  private advance(chunk: Uint8Array, size: number): Uint8Array {
    const part = chunk.subarray(this.at, this.at + size);
    this.at += size;
    this.untaken -= size;
    if (this.at === chunk.length) {
      this.at = 0;
      this.first++;
      if (this.first === this.chunks.length) {
        this.chunks = [];
        this.first = 0;
      }
    }
    return part;
  }
}
