/** Endpoint is one end of a connection. */
export interface Endpoint {
  /** 4 or 16 bytes, the same for both ends. */
  readonly address: Uint8Array;
  readonly port: number;
}

/** Flow is the direction of a packet. */
export interface Flow {
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** Payload is the content of an IP packet. */
export interface Payload {
  /** IANA's protocol number. */
  readonly protocol: number;
  /** Transport header and data; the checksum is zero. */
  readonly bytes: Uint8Array;
  /** Offset of the checksum in `bytes`. */
  readonly checksumAt: number;
}

/** internetPacket encodes an IPv4 (RFC 791) or IPv6 packet (RFC 8200) with all checksums, without link layer. */
export function internetPacket(flow: Flow, payload: Payload): Uint8Array {
  const { bytes, checksumAt } = payload;
  const header = flow.source.address.length === 4 ? ipv4Header(flow, payload) : ipv6Header(flow, payload);
  const packet = new Uint8Array(header.length + bytes.length);
  packet.set(header);
  packet.set(bytes, header.length);
  const checksum = complement(wordSum(pseudoHeader(flow, payload)) + wordSum(bytes));
  // In UDP a checksum of zero means none (RFC 768); in TCP both forms of zero are equal.
  writer(packet).setUint16(header.length + checksumAt, checksum === 0 ? 0xffff : checksum);
  return packet;
}

function ipv4Header({ source, destination }: Flow, { protocol, bytes }: Payload): Uint8Array {
  const header = new Uint8Array(20);
  const view = writer(header);
  view.setUint8(0, 0x45);
  view.setUint16(2, header.length + bytes.length);
  view.setUint16(6, doNotFragment);
  view.setUint8(8, hopLimit);
  view.setUint8(9, protocol);
  header.set(source.address, 12);
  header.set(destination.address, 16);
  view.setUint16(10, complement(wordSum(header)));
  return header;
}

function ipv6Header({ source, destination }: Flow, { protocol, bytes }: Payload): Uint8Array {
  const header = new Uint8Array(40);
  const view = writer(header);
  view.setUint8(0, 0x60);
  view.setUint16(4, bytes.length);
  view.setUint8(6, protocol);
  view.setUint8(7, hopLimit);
  header.set(source.address, 8);
  header.set(destination.address, 24);
  return header;
}

/** pseudoHeader is part of the checksum of TCP and UDP (RFC 9293 section 3.1, RFC 8200 section 8.1). */
function pseudoHeader({ source, destination }: Flow, { protocol, bytes }: Payload): Uint8Array {
  const { length } = source.address;
  const header = new Uint8Array(2 * length + 8);
  header.set(source.address);
  header.set(destination.address, length);
  writer(header).setUint32(2 * length, bytes.length);
  writer(header).setUint32(2 * length + 4, protocol);
  return header;
}

/** wordSum adds 16-bit words; an odd last byte is padded with a zero (RFC 1071). */
export function wordSum(bytes: Uint8Array): number {
  const view = writer(bytes);
  const even = bytes.length & ~1;
  let sum = 0;
  for (let at = 0; at < even; at += 2) sum += view.getUint16(at);
  return even === bytes.length ? sum : sum + view.getUint8(even) * 256;
}

function complement(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}

function writer(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const doNotFragment = 0x4000;
const hopLimit = 64;
