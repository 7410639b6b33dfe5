import { Cursor } from '../../bytes/cursor.ts';
import { hex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import type { LinkPacket } from './capture-packets.ts';

/** Segment is what a TCP segment or UDP datagram carries. */
export interface Segment {
  /** Both ends with their ports. */
  readonly flow: string;
  readonly data: Uint8Array;
  /** Of TCP alone: the sequence number of the first byte of data, and true for the segment that opens a connection. */
  readonly tcp: { readonly sequence: number; readonly opens: boolean } | undefined;
}

/** segmentIn returns undefined for other packets, for fragments of IP packets, and for malformed ones. */
export function segmentIn({ linkType, bytes }: LinkPacket): Segment | undefined {
  try {
    const packet = new Cursor(bytes);
    return skipLink(linkType, packet) ? inInternetPacket(packet) : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** skipLink moves to the IP packet; false for link layers that are not known. */
function skipLink(linkType: number, packet: Cursor): boolean {
  if (linkType === LinkType.ethernet) return skipEthernet(packet);
  const length = headerLengths.get(linkType);
  if (length !== undefined) packet.take(length);
  return length !== undefined;
}

const LinkType = { ethernet: 1 } as const;

/** Bytes before the IP packet: loopback, raw IP in its several numbers, and Linux's "any" device in two forms. */
const headerLengths: ReadonlyMap<number, number> = new Map([
  [0, 4],
  [108, 4],
  [12, 0],
  [14, 0],
  [101, 0],
  [228, 0],
  [229, 0],
  [113, 16],
  [276, 20],
]);

function skipEthernet(packet: Cursor): boolean {
  packet.take(12);
  let type = packet.uint(2);
  while (vlanTags.has(type)) {
    packet.take(2);
    type = packet.uint(2);
  }
  return type === 0x0800 || type === 0x86dd;
}

const vlanTags: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);

function inInternetPacket(packet: Cursor): Segment | undefined {
  const first = packet.uint(1);
  if (first >>> 4 === 4) return inIpv4(packet, (first & 15) * 4);
  return first >>> 4 === 6 ? inIpv6(packet) : undefined;
}

/** The cursor is behind the first byte (RFC 791). */
function inIpv4(packet: Cursor, headerLength: number): Segment | undefined {
  packet.take(1);
  const length = packet.uint(2);
  packet.take(2);
  const fragment = packet.uint(2) & 0x3fff;
  packet.take(1);
  const protocol = packet.uint(1);
  packet.take(2);
  const ends = hex(packet.take(8));
  packet.take(Math.max(0, headerLength - 20));
  // Packets of a card that cuts segments itself are captured with length 0.
  const payload = length === 0 ? packet.left : Math.max(0, length - headerLength);
  return fragment === 0 ? inPayload(protocol, ends, packet.within(Math.min(payload, packet.left))) : undefined;
}

/** The cursor is behind the first byte (RFC 8200). */
function inIpv6(packet: Cursor): Segment | undefined {
  packet.take(3);
  const length = packet.uint(2);
  let next = packet.uint(1);
  packet.take(1);
  const ends = hex(packet.take(32));
  const payload = packet.within(length === 0 ? packet.left : Math.min(length, packet.left));
  while (extensionHeaders.has(next)) {
    next = payload.uint(1);
    payload.take(payload.uint(1) * 8 + 6);
  }
  return inPayload(next, ends, payload);
}

/** Hop-by-hop options, routing and destination options. */
const extensionHeaders: ReadonlySet<number> = new Set([0, 43, 60]);

function inPayload(protocol: number, ends: string, payload: Cursor): Segment | undefined {
  if (protocol !== Protocol.tcp && protocol !== Protocol.udp) return undefined;
  const flow = `${protocol} ${ends} ${hex(payload.take(4))}`;
  return protocol === Protocol.udp ? inUdp(flow, payload) : inTcp(flow, payload);
}

const Protocol = { tcp: 6, udp: 17 } as const;

/** The cursors of both are behind the ports. */
function inUdp(flow: string, datagram: Cursor): Segment {
  const length = datagram.uint(2);
  datagram.take(2);
  return { flow, data: datagram.take(Math.min(Math.max(0, length - 8), datagram.left)), tcp: undefined };
}

function inTcp(flow: string, segment: Cursor): Segment {
  const sequence = segment.uint(4);
  segment.take(4);
  const headerLength = (segment.uint(1) >>> 4) * 4;
  const opens = (segment.uint(1) & synFlag) !== 0;
  segment.take(6);
  segment.take(Math.max(0, headerLength - 20));
  // SYN has a number of its own, before the data's.
  return { flow, data: segment.rest(), tcp: { sequence: opens ? sequence + 1 : sequence, opens } };
}

const synFlag = 2;
