import type { Way } from '../fact.ts';
import type { Packet, Packets } from './packet.ts';
import type { CapturedPacket } from './pcapng.ts';

interface Surroundings {
  /** Milliseconds since 1970, with fractions. */
  now(): number;
  /** There is something to take. */
  changed(connection: CapturedConnection): void;
}

/** CapturedConnection keeps the packets of one connection until they are written. */
export class CapturedConnection {
  /** Whether the engine has bytes that it cannot process before something has been looked up. */
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

  /** From the client. */
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

  /** The newest packet that is not written yet gets the comment: the alert, or the piece that broke a rule. */
  failed(comment: string): void {
    const newest = this.pending.pop();
    if (newest === undefined) this.commentOfNext = comment;
    else this.pending.push({ ...newest, comment });
  }

  /**
   * Gives the packets away. `settled`: none while the engine waits, as the secrets for them may be still to come; past a
   * limit of 1 MiB they go without.
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

/** In bytes. */
const mostHeld = 2 ** 20;
