/** Length of the window in records. */
const size = 64;

/** ReplayWindow remembers which of the last 64 records of an epoch were received (RFC 6347 section 4.1.2.6). */
export class ReplayWindow {
  private highest = -1;
  /** Indexed by the sequence number modulo the size of the window. */
  private readonly seen = new Uint8Array(size);

  /** True when the record is new: neither received before nor older than the window. */
  accepts(sequence: number): boolean {
    if (sequence > this.highest) return true;
    return this.highest - sequence < size && this.seen[sequence % size] === 0;
  }

  /** Whether the number is higher than all that were marked. */
  isAhead(sequence: number): boolean {
    return sequence > this.highest;
  }

  /** Marks an authentic record as received. Forged ones must not move the window. */
  mark(sequence: number): void {
    const first = Math.max(this.highest + 1, sequence - size + 1);
    for (let passed = first; passed <= sequence; passed++) this.seen[passed % size] = 0;
    this.highest = Math.max(this.highest, sequence);
    this.seen[sequence % size] = 1;
  }
}
