import { type HashName, hashLength, hmac } from './primitives/hash.ts';
import { secretKey } from './primitives/primitives.ts';

/** The hash of TLS 1.2's PRF, or the pair of hashes that TLS 1.0 and 1.1 use. */
export type PrfKind = 'sha256' | 'sha384' | 'md5-sha1';

/** The pseudorandom function (RFC 5246 section 5; RFC 2246 section 5 for `md5-sha1`). The label is ASCII. */
export function prf(kind: PrfKind, secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  const labelAndSeed = Buffer.concat([Buffer.from(label, 'latin1'), seed]);
  if (kind !== 'md5-sha1') return expand(kind, secret, labelAndSeed, length);
  // "L_S1 = L_S2 = ceil(L_S / 2)": with an odd length both halves hold the middle byte.
  const half = Math.ceil(secret.length / 2);
  const output = expand('md5', secret.subarray(0, half), labelAndSeed, length);
  const other = expand('sha1', secret.subarray(secret.length - half), labelAndSeed, length);
  return output.map((byte, i) => byte ^ (other[i] ?? 0));
}

/** P_hash */
function expand(hash: HashName, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const key = secretKey(secret);
  const step = hashLength(hash);
  const output = Buffer.alloc(Math.ceil(length / step) * step);
  let link: Uint8Array = seed;
  for (let at = 0; at < length; at += step) {
    link = hmac(hash, key, link);
    output.set(hmac(hash, key, link, seed), at);
  }
  return output.subarray(0, length);
}
