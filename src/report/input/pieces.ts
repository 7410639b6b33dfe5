/** Pieces joins pieces of a sequence of bytes that arrive in any order, with repeats and overlaps. */
export class Pieces {
  private readonly pieces: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  private total = 0;

  /** Adds a piece at an offset, which may be negative. Pieces beyond `mostBytes` are dropped. */
  add(at: number, bytes: Uint8Array): void {
    if (bytes.length === 0 || this.total >= mostBytes) return;
    this.total += bytes.length;
    this.pieces.push({ at, bytes });
  }

  /** The bytes from the lowest offset, or from this one, up to the first gap. */
  joined(from?: number): Uint8Array {
    const sorted = this.pieces.toSorted((a, b) => a.at - b.at);
    const parts: Uint8Array[] = [];
    let end = from ?? sorted[0]?.at ?? 0;
    for (const { at, bytes } of sorted) {
      if (at > end) break;
      const added = bytes.subarray(end - at);
      parts.push(added);
      end += added.length;
    }
    return Buffer.concat(parts);
  }

  /** The pieces as they arrived. */
  inOrder(): readonly Uint8Array[] {
    return this.pieces.map(({ bytes }) => bytes);
  }
}

/** Bytes that are kept of one sequence: more than the longest hello needs. */
const mostBytes = 0x40000;
