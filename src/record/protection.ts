/** Opens the records of one epoch and direction. */
export interface ReadProtection {
  /** Undefined when the record is not authentic. All reasons look alike, in time too. */
  open(record: ProtectedRecord): Opened | undefined;
  /** True in TLS 1.3: the content type is encrypted. */
  readonly hidesType: boolean;
  /** The function in the reference's provider error line for a record that is not authentic. */
  readonly failureFunction?: string | undefined;
}

export interface ProtectedRecord {
  readonly type: number;
  readonly version: number;
  /** The DTLS epoch; 0 in TLS. */
  readonly epoch: number;
  /** Number of the record within the epoch; below 2^48. */
  readonly sequence: number;
  /** Undefined for a record without one (RFC 6347), and in TLS. */
  readonly connectionId?: Uint8Array | undefined;
  /** The record without its header. */
  readonly body: Uint8Array;
  /** The header as received; TLS 1.3 authenticates it. */
  readonly header: Uint8Array;
}

export interface Opened {
  readonly type: number;
  readonly content: Uint8Array;
  /** Bytes of padding under the protection, which count towards the length of the plaintext (RFC 8446 section 5.4). */
  readonly padding?: number;
}

/** Seals the records of one epoch and direction. */
export interface WriteProtection {
  /** The record without its header, in the pieces that it was made in: a large record is not copied again. */
  seal(record: PlainRecord): readonly Uint8Array[];
  /** True in TLS 1.3: the header always says application data. */
  readonly hidesType: boolean;
  /** True for CBC up to TLS 1.0: an empty record precedes application data, so that its IV cannot be predicted. */
  readonly needsEmptyFragment: boolean;
  /** Bytes that sealing adds to the content, at most. */
  readonly overhead: number;
}

export interface PlainRecord {
  readonly type: number;
  readonly version: number;
  readonly epoch: number;
  readonly sequence: number;
  /** Undefined in the format of RFC 6347, and over streams. */
  readonly connectionId?: Uint8Array | undefined;
  readonly content: Uint8Array;
}

/** Writes the 64-bit sequence number of MACs, nonces and additional data. */
export function putSequence(target: Uint8Array, at: number, epoch: number, sequence: number): void {
  const high = epoch * 0x10000 + Math.floor(sequence / 0x100000000);
  const low = sequence >>> 0;
  target[at] = high >>> 24;
  target[at + 1] = high >>> 16;
  target[at + 2] = high >>> 8;
  target[at + 3] = high;
  target[at + 4] = low >>> 24;
  target[at + 5] = low >>> 16;
  target[at + 6] = low >>> 8;
  target[at + 7] = low;
}

/** The fields that the additional data and the MAC of a record cover. */
export type Numbered = Pick<PlainRecord, 'type' | 'version' | 'epoch' | 'sequence' | 'connectionId'>;

/**
 * Sequence number, type, version and length, which MACs and TLS 1.2 AEADs authenticate (RFC 5246 section 6.2.3); another
 * form covers the connection id (RFC 9146 section 5).
 */
export function pseudoHeader(record: Numbered, length: number): Uint8Array {
  const { connectionId } = record;
  if (connectionId !== undefined) return pseudoHeaderWithId(record, connectionId, length);
  const header = new Uint8Array(13);
  putSequence(header, 0, record.epoch, record.sequence);
  header[8] = record.type;
  header[9] = record.version >>> 8;
  header[10] = record.version;
  header[11] = length >>> 8;
  header[12] = length;
  return header;
}

/** Begins with what no sequence number can be, so that it is never taken for the other form. */
function pseudoHeaderWithId({ type, version, epoch, sequence }: Numbered, id: Uint8Array, length: number): Uint8Array {
  const header = new Uint8Array(23 + id.length).fill(0xff, 0, 8);
  header.set([type, id.length, type, version >>> 8, version], 8);
  putSequence(header, 13, epoch, sequence);
  header.set(id, 21);
  header.set([length >>> 8, length], 21 + id.length);
  return header;
}
