import { Cursor } from '../../bytes/cursor.ts';
import { Malformed } from '../../bytes/malformed.ts';

/** LinkPacket is a packet with the type of its link layer (LINKTYPE of pcap). */
export interface LinkPacket {
  readonly linkType: number;
  readonly bytes: Uint8Array;
}

/** packetsOf reads a capture as far as it is whole; undefined for another file. Packets are views. */
export function packetsOf(file: Uint8Array): readonly LinkPacket[] | undefined {
  if (file.length < 4) return undefined;
  const magic = new Cursor(file).uint(4);
  if (magic === Block.section) return collected(pcapngPackets(new Cursor(file)));
  const order = pcapOrders.get(magic);
  return order && collected(pcapPackets(new Numbers(new Cursor(file), order)));
}

type Order = 'big' | 'little';

/** First numbers of a pcap file, with times in microseconds or nanoseconds. */
const pcapOrders: ReadonlyMap<number, Order> = new Map([
  [0xa1b2c3d4, 'big'],
  [0xa1b23c4d, 'big'],
  [0xd4c3b2a1, 'little'],
  [0x4d3cb2a1, 'little'],
]);

/** Numbers reads a file that is in either byte order. */
class Numbers {
  readonly cursor: Cursor;
  private readonly order: Order;

  constructor(cursor: Cursor, order: Order) {
    this.cursor = cursor;
    this.order = order;
  }

  uint(size: number): number {
    if (this.order === 'big') return this.cursor.uint(size);
    return new Cursor(Uint8Array.from(this.cursor.take(size)).reverse()).uint(size);
  }
}

/** collected ends where the file is cut off. */
function collected(packets: Iterable<LinkPacket>): readonly LinkPacket[] {
  const found: LinkPacket[] = [];
  try {
    for (const packet of packets) found.push(packet);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return found;
}

function* pcapPackets(numbers: Numbers): Generator<LinkPacket> {
  // Magic, version, zone, accuracy and snapshot length.
  numbers.cursor.take(20);
  const linkType = numbers.uint(4) & 0xffff;
  while (numbers.cursor.left > 0) {
    numbers.cursor.take(8);
    const length = numbers.uint(4);
    numbers.cursor.take(4);
    yield { linkType, bytes: numbers.cursor.take(length) };
  }
}

function* pcapngPackets(file: Cursor): Generator<LinkPacket> {
  let order: Order = 'big';
  let linkTypes: number[] = [];
  while (file.left > 0) {
    const start = file.take(8);
    const isSection = new Cursor(start).uint(4) === Block.section;
    if (isSection) {
      order = file.uint(4) === byteOrderMagic ? 'big' : 'little';
      linkTypes = [];
    }
    const head = new Numbers(new Cursor(start), order);
    const type = head.uint(4);
    // Type, both lengths, and of a section the byte order are outside of the body.
    const body = file.within(Math.max(0, head.uint(4) - (isSection ? 16 : 12)));
    file.take(4);
    if (type === Block.interfaceDescription) linkTypes.push(new Numbers(body, order).uint(2));
    const packet = packetIn(type, new Numbers(body, order));
    const linkType = packet && linkTypes[packet.interface];
    if (packet && linkType !== undefined) yield { linkType, bytes: packet.bytes };
  }
}

function packetIn(type: number, body: Numbers): { interface: number; bytes: Uint8Array } | undefined {
  if (type === Block.simplePacket) {
    const length = body.uint(4);
    return { interface: 0, bytes: body.cursor.take(Math.min(length, body.cursor.left)) };
  }
  if (type !== Block.enhancedPacket) return undefined;
  const number = body.uint(4);
  body.cursor.take(8);
  const length = body.uint(4);
  body.cursor.take(4);
  return { interface: number, bytes: body.cursor.take(length) };
}

/** The section's number reads the same in both orders. */
const Block = { section: 0x0a0d0d0a, interfaceDescription: 1, simplePacket: 3, enhancedPacket: 6 } as const;
const byteOrderMagic = 0x1a2b3c4d;
