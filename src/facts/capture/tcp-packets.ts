import type { Way } from '../fact.ts';
import { type Endpoint, internetPacket } from './internet-packet.ts';
import type { Packet, Packets } from './packet.ts';

/** Half is one end of the connection and its sending direction. */
interface Half {
  readonly from: Endpoint;
  /** Sequence number of its SYN. */
  readonly initial: number;
  /** Sequence numbers used so far: a SYN and a FIN take one, every byte takes one. */
  used: number;
  /** Sequence numbers acknowledged by the other end. */
  acknowledged: number;
  ended: boolean;
}

/**
 * TcpPackets makes the segments (RFC 9293) of a stream. The real ones are hidden in the system: initial sequence
 * numbers, windows and segment boundaries are made up; addresses, ports, order and bytes are real.
 */
export class TcpPackets implements Packets {
  private readonly halves: Readonly<Record<Way, Half>>;
  private readonly segmentSize: number;
  private over = false;

  /** @param initial the sequence number with which both halves begin, other than that of an earlier use of the ports */
  constructor(client: Endpoint, server: Endpoint, initial: number) {
    this.halves = { in: half(client, initial), out: half(server, initial) };
    this.segmentSize = client.address.length === 4 ? segmentSizes.ipv4 : segmentSizes.ipv6;
  }

  opened(): Packet[] {
    const options = this.synOptions();
    return [
      this.segment('in', { flags: Flag.syn, options }),
      this.segment('out', { flags: Flag.syn | Flag.ack, options }),
      this.segment('in', { flags: Flag.ack }),
    ];
  }

  carried(way: Way, bytes: Uint8Array): Packet[] {
    const packets: Packet[] = [];
    if (this.over || this.halves[way].ended) return packets;
    for (let at = 0; at < bytes.length; at += this.segmentSize) {
      const content = bytes.subarray(at, at + this.segmentSize);
      const isLast = at + this.segmentSize >= bytes.length;
      packets.push(this.segment(way, { flags: isLast ? Flag.psh | Flag.ack : Flag.ack, content }));
      const { used, acknowledged } = this.halves[way];
      if (used - acknowledged > mostUnacknowledged) packets.push(this.segment(opposite(way), { flags: Flag.ack }));
    }
    return packets;
  }

  ended(way: Way): Packet[] {
    const ending = this.halves[way];
    if (this.over || ending.ended) return [];
    ending.ended = true;
    const fin = this.segment(way, { flags: Flag.fin | Flag.ack });
    this.over = this.halves[opposite(way)].ended;
    return this.over ? [fin, this.segment(opposite(way), { flags: Flag.ack })] : [fin];
  }

  reset(way: Way): Packet[] {
    if (this.over) return [];
    this.over = true;
    return [this.segment(way, { flags: Flag.rst | Flag.ack })];
  }

  private segment(way: Way, { flags, options = none, content = none }: Segment): Packet {
    const sender = this.halves[way];
    const receiver = this.halves[opposite(way)];
    const length = headerLength + options.length;
    const bytes = new Uint8Array(length + content.length);
    const header = new DataView(bytes.buffer);
    header.setUint16(0, sender.from.port);
    header.setUint16(2, receiver.from.port);
    header.setUint32(4, (sender.initial + sender.used) % 2 ** 32);
    if (flags & Flag.ack) header.setUint32(8, (receiver.initial + receiver.used) % 2 ** 32);
    header.setUint8(12, (length / 4) << 4);
    header.setUint8(13, flags);
    header.setUint16(14, 0xffff);
    bytes.set(options, headerLength);
    bytes.set(content, length);
    sender.used += content.length + (flags & (Flag.syn | Flag.fin) ? 1 : 0);
    if (flags & Flag.ack) receiver.acknowledged = receiver.used;
    const flow = { source: sender.from, destination: receiver.from };
    return { way, bytes: internetPacket(flow, { protocol: tcp, bytes, checksumAt: 16 }) };
  }

  /** synOptions has the largest window scale: the real window is unknown, and tools would report a full one. */
  private synOptions(): Uint8Array {
    return Uint8Array.of(2, 4, this.segmentSize >> 8, this.segmentSize & 0xff, 1, 3, 3, largestWindowScale);
  }
}

interface Segment {
  readonly flags: number;
  /** TCP options, a multiple of four bytes. */
  readonly options?: Uint8Array;
  readonly content?: Uint8Array;
}

function half(from: Endpoint, initial: number): Half {
  return { from, initial, used: 0, acknowledged: 0, ended: false };
}

function opposite(way: Way): Way {
  return way === 'in' ? 'out' : 'in';
}

const Flag = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;
const none = new Uint8Array(0);
const headerLength = 20;
const tcp = 6;
const largestWindowScale = 14;

/** Maximum segment sizes over Ethernet. */
const segmentSizes = { ipv4: 1460, ipv6: 1440 } as const;

/** Bytes in one direction before an acknowledgment, far below the window. */
const mostUnacknowledged = 2 ** 28;
