import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { CbcCipher } from './ciphers.ts';
import { secretKey } from './primitives/primitives.ts';

/**
 * Encrypts whole blocks; the caller pads. For a key used many times a `KeyObject` is cheapest.
 * @throws {RangeError} when the plaintext is not whole blocks.
 */
export function cbcEncrypt(
  cipher: CbcCipher,
  key: Uint8Array | KeyObject,
  iv: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  wholeBlocks(cipher, plaintext);
  return createCipheriv(cipher.nodeName, secretKey(key), iv).setAutoPadding(false).update(plaintext);
}

/**
 * Decrypts whole blocks and leaves the padding in place.
 * @throws {RangeError} when the ciphertext is not whole blocks: check its length first.
 */
export function cbcDecrypt(
  cipher: CbcCipher,
  key: Uint8Array | KeyObject,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  wholeBlocks(cipher, ciphertext);
  return createDecipheriv(cipher.nodeName, secretKey(key), iv).setAutoPadding(false).update(ciphertext);
}

function wholeBlocks(cipher: CbcCipher, bytes: Uint8Array): void {
  if (bytes.length % cipher.blockLength !== 0) throw new RangeError(`${bytes.length} bytes are not whole blocks`);
}
