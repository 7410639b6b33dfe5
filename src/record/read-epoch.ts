import { equal } from '../bytes/hex.ts';
import { ContentType } from '../names/content-types.ts';
import type { DatagramRecord } from './datagram-record.ts';
import { contentOfInner } from './inner-plaintext.ts';
import { lastEpoch, maxPlaintext } from './limits.ts';
import { plain } from './plain.ts';
import type { Opened, ReadProtection } from './protection.ts';
import { ReplayWindow } from './replay-window.ts';

export interface OpenedDatagram extends Opened {
  /** True for a protected record with a higher sequence number than all before it. */
  readonly isNewest?: boolean;
  /** True for application data under the keys before the latest. */
  readonly isFromBefore?: boolean;
}

const none = new Uint8Array(0);

/** Keys are those of one epoch, with what was received under them. */
interface Keys {
  readonly protection: ReadProtection;
  readonly connectionId: Uint8Array;
  readonly window: ReplayWindow;
}

/** ReadEpoch is the read direction of DTLS: the epoch, its protection, and its replay window. */
export class ReadEpoch {
  private current = 0;
  private keys: Keys = { protection: plain, connectionId: none, window: new ReplayWindow() };
  /** Protected keys of the epoch before, during a handshake that has replaced them. */
  private previous: Keys | undefined;
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
    return this.keys.protection !== plain;
  }

  /** Begins the next epoch, whose records have this connection id; empty: they have none. */
  use(protection: ReadProtection, connectionId: Uint8Array = none): void {
    this.previous = this.protected ? this.keys : undefined;
    this.current++;
    this.keys = { protection, connectionId, window: new ReplayWindow() };
  }

  /** Forgets the keys before the latest, as the handshake is done. */
  forgetPrevious(): void {
    this.previous = undefined;
  }

  /**
   * Undefined for a record of another epoch or with another connection id, a replayed one or one that is not authentic; all
   * are silently discarded (RFC 6347 section 4.1.2.7).
   */
  open(record: DatagramRecord): OpenedDatagram | undefined {
    const { epoch } = record;
    if (epoch === this.current - 1 && this.previous !== undefined) return openEarlier(record, this.previous);
    if (epoch !== this.current || !hasIdOf(this.keys, record)) return undefined;
    // Without keys anybody could move the window; handshake messages are numbered anyway.
    return this.protected ? openWith(this.keys, record) : this.keys.protection.open(record);
  }
}

/** Until a handshake is done, data under the keys before are accepted (RFC 6347 section 4.1); nothing else is needed. */
function openEarlier(record: DatagramRecord, keys: Keys): OpenedDatagram | undefined {
  const opened = hasIdOf(keys, record) ? openWith(keys, record) : undefined;
  return opened?.type === ContentType.applicationData ? { ...opened, isNewest: false, isFromBefore: true } : undefined;
}

function hasIdOf({ connectionId }: Keys, record: DatagramRecord): boolean {
  return equal(record.connectionId ?? none, connectionId);
}

function openWith({ protection, window }: Keys, record: DatagramRecord): OpenedDatagram | undefined {
  const { sequence, connectionId } = record;
  if (!window.accepts(sequence)) return undefined;
  const opened = protection.open(record);
  if (opened === undefined) return undefined;
  const isNewest = window.isAhead(sequence);
  window.mark(sequence);
  const content = connectionId === undefined ? opened : contentOfInner(opened.content);
  return content && { ...content, isNewest };
}
