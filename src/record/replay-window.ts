/** Length of the window in records: two words of 32 bits. */
const size = 64;

/** ReplayWindow remembers which of the last 64 records of an epoch were received (RFC 6347 section 4.1.2.6). */
export class ReplayWindow {
  private highest = -1;
  /** The latest 32 numbers, a bit each: bit 0 is the highest number. */
  private latest = 0;
  /** The 32 before them. */
  private earlier = 0;

  /** True when the record is new: neither received before nor older than the window. */
  accepts(sequence: number): boolean {
    if (sequence > this.highest) return true;
    const age = this.highest - sequence;
    if (age >= size) return false;
    return (((age < wordSize ? this.latest : this.earlier) >>> (age % wordSize)) & 1) === 0;
  }

  /** True if the number is higher than all that were marked. */
  isAhead(sequence: number): boolean {
    return sequence > this.highest;
  }

  /** Marks an authentic record as received. Forged ones must not move the window. */
  mark(sequence: number): void {
    if (sequence > this.highest) this.advance(sequence);
    const age = this.highest - sequence;
    if (age < wordSize) this.latest |= 1 << age;
    else if (age < size) this.earlier |= 1 << (age - wordSize);
  }

  private advance(sequence: number): void {
    for (let steps = Math.min(sequence - this.highest, size); steps > 0; steps--) {
      this.earlier = (this.earlier << 1) | (this.latest >>> (wordSize - 1));
      this.latest <<= 1;
    }
    this.highest = sequence;
  }
}

const wordSize = 32;
