import { type HashName, hashLength, hmac } from './primitives/hash.ts';

/** HKDF-Extract (RFC 5869 section 2.2). An empty salt counts as a hash length of zeros. */
export function hkdfExtract(hash: HashName, salt: Uint8Array, inputKeyingMaterial: Uint8Array): Uint8Array {
  return hmac(hash, salt, inputKeyingMaterial);
}

/**
 * HKDF-Expand (RFC 5869 section 2.3).
 * @throws {RangeError} when more than 255 hash lengths are asked for.
 */
export function hkdfExpand(hash: HashName, pseudorandomKey: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  const step = hashLength(hash);
  const rounds = Math.ceil(length / step);
  if (rounds > 255) throw new RangeError(`HKDF cannot give ${length} bytes`);
  // The usual case in TLS: one round, whose output is the result.
  if (length === step) return hmac(hash, pseudorandomKey, info, Buffer.of(1));
  const output = Buffer.alloc(rounds * step);
  let block: Uint8Array = Buffer.alloc(0);
  for (let round = 1; round <= rounds; round++) {
    block = hmac(hash, pseudorandomKey, block, info, Buffer.of(round));
    output.set(block, (round - 1) * step);
  }
  return output.subarray(0, length);
}

/**
 * HKDF-Expand-Label (RFC 8446 section 7.1).
 * @throws {RangeError} when label or context is longer than 255 bytes.
 */
export function hkdfExpandLabel(
  hash: HashName,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  if (name.length > 255 || context.length > 255) throw new RangeError('label or context of HKDF too long');
  const info = Buffer.allocUnsafe(4 + name.length + context.length);
  info.writeUInt16BE(length, 0);
  info[2] = name.length;
  info.set(name, 3);
  info[3 + name.length] = context.length;
  info.set(context, 4 + name.length);
  return hkdfExpand(hash, secret, info, length);
}
