import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { view } from '../bytes/hex.ts';

/**
 * The premaster secret of the RSA key exchange (RFC 5246 section 7.4.7.1). The result is `random` for any fault in the
 * ciphertext, its padding or the version inside: the peer learns of it from Finished only, which denies it the oracle
 * of Bleichenbacher's attack. After decryption masks replace branches.
 *
 * `clientVersion` is the version of the ClientHello; `random` is 48 fresh bytes, drawn before.
 */
export function decryptPremaster(
  key: KeyObject,
  ciphertext: Uint8Array,
  clientVersion: number,
  random: Uint8Array,
): Uint8Array {
  const length = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  const { block, bad } = rawDecrypt(key, ciphertext, length);
  // 00 02, at least 8 bytes that are not zero, 00, then version and 46 bytes: a premaster of fixed length leaves one
  // place for the separator.
  const start = length - premasterLength;
  let fault = bad | at(block, 0) | (at(block, 1) ^ 2);
  for (let i = 2; i < start - 1; i++) fault |= isZero(at(block, i));
  fault |= at(block, start - 1);
  fault |= at(block, start) ^ (clientVersion >> 8);
  fault |= at(block, start + 1) ^ (clientVersion & 0xff);
  fault |= start - 1 - 2 < shortestPadding ? 1 : 0;
  const good = -isZero(fault) & 0xff;
  const premaster = new Uint8Array(premasterLength);
  for (let i = 0; i < premasterLength; i++) premaster[i] = (at(block, start + i) & good) | (at(random, i) & ~good);
  return premaster;
}

const premasterLength = 48;
const shortestPadding = 8;

interface Decrypted {
  readonly block: Uint8Array;
  /** 0, or not 0 when decryption failed. */
  readonly bad: number;
}

/**
 * Decrypts without checking the padding: Node's own handling of PKCS #1 differs from version to version. A wrong length
 * (the primitive would accept one byte less) and a number not below the modulus, both public facts, set `bad`.
 */
function rawDecrypt(key: KeyObject, ciphertext: Uint8Array, length: number): Decrypted {
  try {
    const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, view(ciphertext));
    return { block, bad: (ciphertext.length ^ length) | (block.length ^ length) };
  } catch {
    return { block: new Uint8Array(length), bad: 1 };
  }
}

const at = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;

/** 1 for 0, else 0, of numbers below 2^31. */
const isZero = (value: number): number => ((value - 1) & ~value) >>> 31;
