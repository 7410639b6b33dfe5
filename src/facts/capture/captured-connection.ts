import type { Way } from '../fact.ts';
import type { Packet, Packets } from './packet.ts';
import type { CapturedPacket } from './pcapng.ts';

interface Surroundings {
  /** Milliseconds since 1970, with fractions. */
  now(): number;
  /** changed is called when there are packets to take. */
  changed(connection: CapturedConnection): void;
}

/** CapturedConnection keeps the packets of one connection until they are written. */
export class CapturedConnection {
  /** Reports if the engine has bytes to process after an asynchronous lookup. */
  awaitsAnswer: () => boolean = () => false;
  private readonly packets: Packets;
  private readonly surroundings: Surroundings;
  private pending: CapturedPacket[] = [];
  private size = 0;
  private commentOfNext: string | undefined;

  constructor(packets: Packets, surroundings: Surroundings) {
    this.packets = packets;
    this.surroundings = surroundings;
  }

  get isEmpty(): boolean {
    return this.pending.length === 0;
  }

  opened(): void {
    this.add(this.packets.opened());
  }

  /** arrived adds bytes from the client. */
  arrived(bytes: Uint8Array): void {
    this.add(this.packets.carried('in', bytes));
  }

  sent(bytes: Uint8Array): void {
    this.add(this.packets.carried('out', bytes));
  }

  ended(way: Way): void {
    this.add(this.packets.ended(way));
  }

  reset(way: Way): void {
    this.add(this.packets.reset(way));
  }

  /** failed comments the newest pending packet: the alert, or the faulty input; without one, the next packet. */
  failed(comment: string): void {
    const newest = this.pending.pop();
    if (newest === undefined) this.commentOfNext = comment;
    else this.pending.push({ ...newest, comment });
  }

  /**
   * take removes and returns the packets. `settled`: none while the engine waits, as their secrets may follow; beyond a
   * limit of 1 MiB they are returned anyway.
   */
  take(which: 'all' | 'settled'): CapturedPacket[] {
    if (which === 'settled' && this.size < mostHeld && this.awaitsAnswer()) return [];
    const taken = this.pending;
    this.pending = [];
    this.size = 0;
    return taken;
  }

  private add(packets: readonly Packet[]): void {
    const [first, ...others] = packets;
    if (first === undefined) return;
    const at = this.surroundings.now();
    const comment = this.commentOfNext;
    this.commentOfNext = undefined;
    this.pending.push({ ...first, at, ...(comment !== undefined && { comment }) });
    for (const packet of others) this.pending.push({ ...packet, at });
    for (const { bytes } of packets) this.size += bytes.length;
    this.surroundings.changed(this);
  }
}

/** Bytes. */
const mostHeld = 2 ** 20;
