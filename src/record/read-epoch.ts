import { equal } from '../bytes/hex.ts';
import type { DatagramRecord } from './datagram-record.ts';
import { contentOfInner } from './inner-plaintext.ts';
import { lastEpoch, maxPlaintext } from './limits.ts';
import { plain } from './plain.ts';
import type { Opened, ReadProtection } from './protection.ts';
import { ReplayWindow } from './replay-window.ts';

export interface OpenedDatagram extends Opened {
  /** True for a protected record with a higher sequence number than all before it. */
  readonly isNewest?: boolean;
}

const none = new Uint8Array(0);

/** ReadEpoch is the read direction of DTLS: the epoch, its protection, and its replay window. */
export class ReadEpoch {
  private current = 0;
  private protection: ReadProtection = plain;
  private window = new ReplayWindow();
  private connectionId: Uint8Array = none;
  /** Maximum bytes of content in a protected record. */
  maxContent = maxPlaintext;

  get number(): number {
    return this.current;
  }

  /** True when no epoch can follow. */
  get isLast(): boolean {
    return this.current === lastEpoch;
  }

  get protected(): boolean {
    return this.protection !== plain;
  }

  /** Begins the next epoch, whose records have this connection id; empty: they have none. */
  use(protection: ReadProtection, connectionId: Uint8Array = none): void {
    this.current++;
    this.connectionId = connectionId;
    this.protection = protection;
    this.window = new ReplayWindow();
  }

  /**
   * Undefined for a record of another epoch or with another connection id, a replayed one or one that is not authentic; all
   * are silently discarded (RFC 6347 section 4.1.2.7).
   */
  open(record: DatagramRecord): OpenedDatagram | undefined {
    const { epoch, sequence, connectionId } = record;
    if (epoch !== this.current || !equal(connectionId ?? none, this.connectionId)) return undefined;
    // Without keys anybody could move the window; handshake messages are numbered anyway.
    if (!this.protected) return this.protection.open(record);
    if (!this.window.accepts(sequence)) return undefined;
    const opened = this.protection.open(record);
    if (opened === undefined) return undefined;
    const isNewest = this.window.isAhead(sequence);
    this.window.mark(sequence);
    const content = connectionId === undefined ? opened : contentOfInner(opened.content);
    return content && { ...content, isNewest };
  }
}
