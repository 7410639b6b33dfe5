import type { DatagramRecord } from './datagram-record.ts';
import { maxPlaintext } from './limits.ts';
import { plain } from './plain.ts';
import type { Opened, ReadProtection } from './protection.ts';
import { ReplayWindow } from './replay-window.ts';

/** ReadEpoch is the read direction of DTLS: the epoch, its protection, and its replay window. */
export class ReadEpoch {
  private current = 0;
  private protection: ReadProtection = plain;
  private window = new ReplayWindow();
  /** Maximum bytes of content in a protected record. */
  maxContent = maxPlaintext;

  get number(): number {
    return this.current;
  }

  get protected(): boolean {
    return this.protection !== plain;
  }

  /** Begins the next epoch. */
  use(protection: ReadProtection): void {
    this.current++;
    this.protection = protection;
    this.window = new ReplayWindow();
  }

  /**
   * Undefined for a record of another epoch, a replayed one or one that is not authentic; all are silently discarded
   * (RFC 6347 section 4.1.2.7).
   */
  open(record: DatagramRecord): Opened | undefined {
    if (record.epoch !== this.current) return undefined;
    // Without keys anybody could move the window; handshake messages are numbered anyway.
    if (!this.protected) return this.protection.open(record);
    if (!this.window.accepts(record.sequence)) return undefined;
    const opened = this.protection.open(record);
    if (opened !== undefined) this.window.mark(record.sequence);
    return opened;
  }
}
