import { type HashName, hmac } from '../crypto/hash.ts';
import { pseudoHeader } from './protection.ts';

export interface Numbered {
  readonly type: number;
  readonly version: number;
  readonly epoch: number;
  readonly sequence: number;
}

/** Computes the MAC of a record. */
export interface RecordMac {
  readonly length: number;
  /** `content` may come in pieces. */
  of(record: Numbered, length: number, ...content: Uint8Array[]): Uint8Array;
}

/** HMAC over the pseudo header and the content (RFC 5246 section 6.2.3.1). */
export function hmacOf(hash: HashName, key: Uint8Array, length: number): RecordMac {
  return {
    length,
    of: (record, size, ...content) => hmac(hash, key, pseudoHeader(record, size), ...content),
  };
}
