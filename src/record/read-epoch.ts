import type { DatagramRecord } from './datagram-record.ts';
import { maxPlaintext } from './limits.ts';
import { plain } from './plain.ts';
import type { Opened, ReadProtection } from './protection.ts';
import { ReplayWindow } from './replay-window.ts';

/** The direction towards us on datagrams: the epoch, its protection, and which of its records have come. */
export class ReadEpoch {
  private current = 0;
  private protection: ReadProtection = plain;
  private window = new ReplayWindow();
  /** Bytes of content that a protected record may hold. */
  maxContent = maxPlaintext;

  get number(): number {
    return this.current;
  }

  get protected(): boolean {
    return this.protection !== plain;
  }

  /** The next epoch begins. */
  use(protection: ReadProtection): void {
    this.current++;
    this.protection = protection;
    this.window = new ReplayWindow();
  }

  /** Undefined: it is of another epoch, has come before or is not genuine, all of which is passed over (RFC 6347 section 4.1.2.7). */
  open(record: DatagramRecord): Opened | undefined {
    if (record.epoch !== this.current) return undefined;
    // Before there are keys anybody could move the window; messages have numbers of their own.
    if (!this.protected) return this.protection.open(record);
    if (!this.window.accepts(record.sequence)) return undefined;
    const opened = this.protection.open(record);
    if (opened !== undefined) this.window.mark(record.sequence);
    return opened;
  }
}
