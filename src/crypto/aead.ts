import { type CipherCCMTypes, createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { AeadCipher } from './ciphers.ts';
import { secretKey } from './primitives/primitives.ts';

/** Aead is authenticated encryption under one key. Nonces have 12 bytes; the caller must never use one twice. */
export class Aead {
  readonly tagLength: number;
  private readonly nodeName: CipherCCMTypes;
  private readonly inOnePiece: boolean;
  private readonly key: KeyObject;
  /** The tag length, always set: without it GCM accepts a tag of 4 bytes. */
  private readonly options: { readonly authTagLength: number };

  constructor(cipher: AeadCipher, key: Uint8Array) {
    this.tagLength = cipher.tagLength;
    // The declarations know `setAAD` with a length for CCM only; every mode takes it.
    this.nodeName = cipher.nodeName as CipherCCMTypes;
    this.inOnePiece = cipher.mode === 'ccm';
    this.key = secretKey(key);
    this.options = { authTagLength: cipher.tagLength };
  }

  /** The ciphertext of all parts and the tag, in one buffer. */
  seal(nonce: Uint8Array, additionalData: Uint8Array, ...plaintext: Uint8Array[]): Uint8Array {
    const sealed = Buffer.allocUnsafe(totalLength(plaintext) + this.tagLength);
    this.sealInto(sealed, 0, nonce, additionalData, ...plaintext);
    return sealed;
  }

  /** Writes ciphertext and tag at `offset` and returns the number of bytes written. */
  sealInto(
    target: Uint8Array,
    offset: number,
    nonce: Uint8Array,
    additionalData: Uint8Array,
    ...plaintext: Uint8Array[]
  ): number {
    const plaintextLength = totalLength(plaintext);
    const cipher = createCipheriv(this.nodeName, this.key, nonce, this.options);
    cipher.setAAD(additionalData, { plaintextLength });
    let at = offset;
    for (const part of this.pieces(plaintext)) {
      target.set(cipher.update(part), at);
      at += part.length;
    }
    cipher.final();
    target.set(cipher.getAuthTag(), at);
    return at + this.tagLength - offset;
  }

  /** Ciphertext and tag in the pieces that `node:crypto` returns, without a copy. */
  sealParts(nonce: Uint8Array, additionalData: Uint8Array, ...plaintext: Uint8Array[]): Uint8Array[] {
    const cipher = createCipheriv(this.nodeName, this.key, nonce, this.options);
    cipher.setAAD(additionalData, { plaintextLength: totalLength(plaintext) });
    const parts: Uint8Array[] = this.pieces(plaintext).map((part) => cipher.update(part));
    cipher.final();
    parts.push(cipher.getAuthTag());
    return parts;
  }

  /** Undefined when the tag is wrong or missing. */
  open(nonce: Uint8Array, additionalData: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
    const plaintextLength = sealed.length - this.tagLength;
    if (plaintextLength < 0) return undefined;
    const decipher = createDecipheriv(this.nodeName, this.key, nonce, this.options);
    decipher.setAuthTag(sealed.subarray(plaintextLength));
    decipher.setAAD(additionalData, { plaintextLength });
    try {
      // Also with nothing to decrypt: CCM checks the tag in `update`, not in `final`.
      const plaintext = decipher.update(sealed.subarray(0, plaintextLength));
      decipher.final();
      return plaintext;
    } catch {
      return undefined;
    }
  }

  /** At least one piece, because CCM needs one `update`, and exactly one in CCM. */
  private pieces(plaintext: readonly Uint8Array[]): readonly Uint8Array[] {
    if (plaintext.length === 1) return plaintext;
    return plaintext.length === 0 || this.inOnePiece ? [Buffer.concat(plaintext)] : plaintext;
  }
}

function totalLength(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) sum += part.length;
  return sum;
}
