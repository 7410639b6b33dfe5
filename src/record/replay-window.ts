/** Records. */
const size = 64;

/** Which records of an epoch have come, as far back as RFC 6347 section 4.1.2.6 asks for: the last 64. */
export class ReplayWindow {
  private highest = -1;
  /** By the number modulo the size of the window. */
  private readonly seen = new Uint8Array(size);

  /** Whether the record is new: neither seen nor too old to know. */
  accepts(sequence: number): boolean {
    if (sequence > this.highest) return true;
    return this.highest - sequence < size && this.seen[sequence % size] === 0;
  }

  /** Of a record that has proven genuine, and no other: forged ones must not move the window. */
  mark(sequence: number): void {
    const first = Math.max(this.highest + 1, sequence - size + 1);
    for (let passed = first; passed <= sequence; passed++) this.seen[passed % size] = 0;
    this.highest = Math.max(this.highest, sequence);
    this.seen[sequence % size] = 1;
  }
}
