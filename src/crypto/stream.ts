import { createCipheriv, type Cipher as NodeCipher } from 'node:crypto';
import type { KeystreamCipher } from './ciphers.ts';
import { secretKey } from './primitives/primitives.ts';

/** StreamCipher is a keystream that continues from record to record. Encrypting and decrypting are the same. */
export class StreamCipher {
  private readonly cipher: NodeCipher;

  constructor(cipher: KeystreamCipher, key: Uint8Array) {
    this.cipher = createCipheriv(cipher.nodeName, secretKey(key), null);
  }

  apply(bytes: Uint8Array): Uint8Array {
    return this.cipher.update(bytes);
  }
}
