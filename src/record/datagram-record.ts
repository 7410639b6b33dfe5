import { ContentType } from '../names/content-types.ts';

/** Length of a DTLS record header without a connection id, in bytes (RFC 6347 section 4.1). */
export const datagramHeaderLength = 13;

/** A record in a datagram. The bytes are views. */
export interface DatagramRecord {
  readonly header: Uint8Array;
  readonly type: number;
  readonly version: number;
  readonly epoch: number;
  readonly sequence: number;
  /** Undefined in the format of RFC 6347. */
  readonly connectionId?: Uint8Array | undefined;
  readonly body: Uint8Array;
}

/**
 * The records of a datagram, up to the first truncated one; the rest is discarded. A record does not tell the length of
 * its connection id: `idLength` is that of ours in bytes, 0 when there are none.
 */
export function recordsOf(datagram: Uint8Array, idLength = 0): DatagramRecord[] {
  const records: DatagramRecord[] = [];
  const numbers = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  for (let at = 0; at + datagramHeaderLength <= datagram.length; ) {
    const type = numbers.getUint8(at);
    const hasId = type === ContentType.tls12Cid;
    const start = at + datagramHeaderLength + (hasId ? idLength : 0);
    if (start > datagram.length || (hasId && idLength === 0)) break;
    const end = start + numbers.getUint16(start - 2);
    if (end > datagram.length) break;
    records.push({
      ...{ header: datagram.subarray(at, start), type, body: datagram.subarray(start, end) },
      version: numbers.getUint16(at + 1),
      epoch: numbers.getUint16(at + 3),
      sequence: sequenceOf(datagram, at),
      connectionId: hasId ? datagram.subarray(at + idAt, start - 2) : undefined,
    });
    at = end;
  }
  return records;
}

/** The connection id of the first record of a datagram; undefined: it has none. */
export function idIn(datagram: Uint8Array, idLength: number): Uint8Array | undefined {
  const hasId = datagram[0] === ContentType.tls12Cid && idLength > 0 && datagram.length >= idAt + idLength;
  return hasId ? datagram.subarray(idAt, idAt + idLength) : undefined;
}

/** Offset of the connection id in a header, before the length (RFC 9146 section 4). */
const idAt = datagramHeaderLength - 2;

/** The sequence number in the header at an offset, below 2^48. */
export function sequenceOf(bytes: Uint8Array, at = 0): number {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return numbers.getUint16(at + 5) * 0x100000000 + numbers.getUint32(at + 7);
}

/** A record's header. `sequence` is below 2^48. */
export function datagramHeader(
  { type, version, epoch, sequence, connectionId = none }: Omit<DatagramRecord, 'header' | 'body'>,
  length: number,
): Uint8Array {
  const header = new Uint8Array(datagramHeaderLength + connectionId.length);
  const numbers = new DataView(header.buffer);
  numbers.setUint8(0, type);
  numbers.setUint16(1, version);
  numbers.setUint16(3, epoch);
  numbers.setUint16(5, Math.floor(sequence / 0x100000000));
  numbers.setUint32(7, sequence >>> 0);
  header.set(connectionId, idAt);
  numbers.setUint16(header.length - 2, length);
  return header;
}

const none = new Uint8Array(0);
