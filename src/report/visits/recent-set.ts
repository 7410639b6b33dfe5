import { createHash } from 'node:crypto';

/** RecentSet remembers hashes of the newest texts, and counts those that came again. */
export class RecentSet {
  /** How often a text was added that was there already. */
  repeated = 0;
  private readonly most: number;
  private readonly kept = new Set<string>();

  constructor(most: number) {
    this.most = most;
  }

  get size(): number {
    return this.kept.size;
  }

  add(text: string): void {
    const key = createHash('sha256').update(text).digest('base64');
    if (this.kept.delete(key)) this.repeated++;
    this.kept.add(key);
    const [oldest] = this.kept;
    if (oldest !== undefined && this.kept.size > this.most) this.kept.delete(oldest);
  }
}
