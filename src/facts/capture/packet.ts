import type { Way } from '../fact.ts';

/** An IP packet, and whether the server received or sent it. */
export interface Packet {
  readonly way: Way;
  readonly bytes: Uint8Array;
}

/** Makes the packets of one connection out of what its transport carries. */
export interface Packets {
  /** Before the first byte. */
  opened(): Packet[];
  /** A piece of a stream, or one datagram. */
  carried(way: Way, bytes: Uint8Array): Packet[];
  /** Nothing more is sent in this direction. */
  ended(way: Way): Packet[];
  /** Both directions are over, because the sender in this direction says so. */
  reset(way: Way): Packet[];
}
