import { type HashName, hash } from '../crypto/primitives/hash.ts';
import { ssl3Pads } from '../record/record-mac.ts';

/** The hash of all handshake messages so far with something appended. */
export type TranscriptHash = (name: HashName, ...suffix: Uint8Array[]) => Uint8Array;

/** The key derivation of SSL 3.0 (RFC 6101 sections 6.1 and 6.2.2), which has no labels. At most 416 bytes. */
export function ssl3Derive(secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let i = 1; blocks.length * md5Length < length; i++) {
    if (i > letters.length) throw new RangeError(`SSL 3.0 derives no ${length} bytes`);
    const salt = Buffer.from((letters[i - 1] ?? '').repeat(i), 'latin1');
    blocks.push(hash('md5', secret, hash('sha1', salt, secret, seed)));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** The content of Finished (RFC 6101 section 5.6.9): MD5, then SHA-1. */
export function ssl3Finished(master: Uint8Array, side: 'client' | 'server', transcript: TranscriptHash): Uint8Array {
  const digest = (name: 'md5' | 'sha1') => hash(name, ...ssl3SignedParts(name, master, transcript, senders[side]));
  return Buffer.concat([digest('md5'), digest('sha1')]);
}

/** The input that CertificateVerify signs with this hash, before it is hashed (RFC 6101 section 5.6.8). */
export function ssl3SignedParts(
  name: 'md5' | 'sha1',
  master: Uint8Array,
  transcript: TranscriptHash,
  sender: Uint8Array = new Uint8Array(0),
): Uint8Array[] {
  const { inner, outer } = ssl3Pads(name);
  return [master, outer, transcript(name, sender, master, inner)];
}

const md5Length = 16;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const senders = { client: Buffer.from('CLNT', 'latin1'), server: Buffer.from('SRVR', 'latin1') };
