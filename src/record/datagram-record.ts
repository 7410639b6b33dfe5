/** Length of a DTLS record header in bytes (RFC 6347 section 4.1). */
export const datagramHeaderLength = 13;

/** A record in a datagram. The bytes are views. */
export interface DatagramRecord {
  readonly header: Uint8Array;
  readonly type: number;
  readonly version: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** The records of a datagram, up to the first truncated one; the rest is discarded. */
export function recordsOf(datagram: Uint8Array): DatagramRecord[] {
  const records: DatagramRecord[] = [];
  const numbers = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  for (let at = 0; at + datagramHeaderLength <= datagram.length; ) {
    const end = at + datagramHeaderLength + numbers.getUint16(at + 11);
    if (end > datagram.length) break;
    records.push({
      header: datagram.subarray(at, at + datagramHeaderLength),
      type: numbers.getUint8(at),
      version: numbers.getUint16(at + 1),
      epoch: numbers.getUint16(at + 3),
      sequence: sequenceOf(datagram, at),
      body: datagram.subarray(at + datagramHeaderLength, end),
    });
    at = end;
  }
  return records;
}

/** The sequence number in the header at an offset, below 2^48. */
export function sequenceOf(bytes: Uint8Array, at = 0): number {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return numbers.getUint16(at + 5) * 0x100000000 + numbers.getUint32(at + 7);
}

/** A record's header. `sequence` is below 2^48. */
export function datagramHeader(
  { type, version, epoch, sequence }: Omit<DatagramRecord, 'header' | 'body'>,
  length: number,
): Uint8Array {
  const header = new Uint8Array(datagramHeaderLength);
  const numbers = new DataView(header.buffer);
  numbers.setUint8(0, type);
  numbers.setUint16(1, version);
  numbers.setUint16(3, epoch);
  numbers.setUint16(5, Math.floor(sequence / 0x100000000));
  numbers.setUint32(7, sequence >>> 0);
  numbers.setUint16(11, length);
  return header;
}
