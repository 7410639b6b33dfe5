/** Packet is one item of the framing that carries datagrams and time inside a TCP stream. */
export type Packet =
  | { readonly what: 'datagram'; readonly bytes: Uint8Array }
  /** This much time passes. */
  | { readonly what: 'time'; readonly milliseconds: number }
  /** The largest datagram becomes this long. */
  | { readonly what: 'mtu'; readonly bytes: number }
  /** The next timer must be this far away; undefined: none may run. */
  | { readonly what: 'timer'; readonly milliseconds: number | undefined }
  /** The first timer of a flight becomes this long. */
  | { readonly what: 'firstTimeout'; readonly milliseconds: number };

/** PacketReader takes packets out of the bytes of a stream. */
export class PacketReader {
  private bytes: Buffer = Buffer.alloc(0);

  /** Returns the packets that are complete now. @throws for an unknown opcode */
  push(chunk: Uint8Array): Packet[] {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    const packets: Packet[] = [];
    for (;;) {
      const packet = this.next();
      if (packet === undefined) return packets;
      packets.push(packet);
    }
  }

  /** True while a part of a packet is there. */
  get midway(): boolean {
    return this.bytes.length > 0;
  }

  private next(): Packet | undefined {
    const { bytes } = this;
    const [opcode] = bytes;
    if (opcode === undefined) return undefined;
    const letter = String.fromCharCode(opcode);
    const fieldLength = fieldLengths[letter];
    if (fieldLength === undefined) throw new Error(`unknown opcode ${opcode} in the packets of the runner`);
    const end = 1 + fieldLength;
    if (bytes.length < end) return undefined;
    const field = bytes.subarray(1, end);
    const body = letter === 'P' ? field.readUInt32BE() : 0;
    if (bytes.length < end + body) return undefined;
    this.bytes = bytes.subarray(end + body);
    return packetOf(letter, field, bytes.subarray(end, end + body));
  }
}

/** packetOfDatagram frames a datagram for the runner. */
export function packetOfDatagram(datagram: Uint8Array): Uint8Array {
  const header = Buffer.alloc(5);
  header.write('P');
  header.writeUInt32BE(datagram.length, 1);
  return Buffer.concat([header, datagram]);
}

/** The answer to a packet of time. */
export const timeAcknowledgement = Buffer.from('t');

/** Bytes of the number after each opcode. */
const fieldLengths: Readonly<Record<string, number>> = { P: 4, T: 8, M: 4, E: 8, U: 4 };

const never = 0xffff_ffff_ffff_ffffn;

function packetOf(letter: string, field: Buffer, body: Uint8Array): Packet {
  switch (letter) {
    case 'T':
      return { what: 'time', milliseconds: millisecondsIn(field) };
    case 'M':
      return { what: 'mtu', bytes: field.readUInt32BE() };
    case 'E':
      return { what: 'timer', milliseconds: field.readBigUInt64BE() === never ? undefined : millisecondsIn(field) };
    case 'U':
      return { what: 'firstTimeout', milliseconds: field.readUInt32BE() };
    default:
      return { what: 'datagram', bytes: body };
  }
}

/** The field counts nanoseconds. */
function millisecondsIn(field: Buffer): number {
  return Number(field.readBigUInt64BE()) / 1e6;
}
