import type { Way } from '../fact.ts';

/** Packet is an IP packet with its direction. */
export interface Packet {
  readonly way: Way;
  readonly bytes: Uint8Array;
}

/** Packets makes the packets of one connection from its transport's traffic. */
export interface Packets {
  /** opened comes before the first byte. */
  opened(): Packet[];
  /** carried takes a chunk of a stream, or one datagram. */
  carried(way: Way, bytes: Uint8Array): Packet[];
  /** ended closes this direction. */
  ended(way: Way): Packet[];
  /** reset aborts both directions, on behalf of the sender in this one. */
  reset(way: Way): Packet[];
}
