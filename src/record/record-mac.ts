import { hash as digest, type HashName, hmac } from '../crypto/primitives/hash.ts';
import { type Numbered, pseudoHeader } from './protection.ts';

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

/** The MAC of SSL 3.0, which HMAC replaced (RFC 6101 section 5.2.3.1); it leaves the version out. */
export function ssl3Mac(hash: 'md5' | 'sha1', key: Uint8Array, length: number): RecordMac {
  const { inner, outer } = ssl3Pads(hash);
  return {
    length,
    of(record, size, ...content) {
      const header = pseudoHeader(record, size);
      const numbered = [header.subarray(0, versionAt), header.subarray(versionAt + 2)];
      return digest(hash, key, outer, digest(hash, key, inner, ...numbered, ...content));
    },
  };
}

/** The pads of SSL 3.0's MAC and signatures (RFC 6101 section 5.6.8). */
export function ssl3Pads(hash: 'md5' | 'sha1'): { readonly inner: Uint8Array; readonly outer: Uint8Array } {
  const length = hash === 'md5' ? 48 : 40;
  return { inner: new Uint8Array(length).fill(0x36), outer: new Uint8Array(length).fill(0x5c) };
}

/** Offset in the pseudo header, two bytes long. */
const versionAt = 9;
