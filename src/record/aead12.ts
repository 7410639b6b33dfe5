import { Aead } from '../crypto/aead.ts';
import type { AeadCipher } from '../crypto/ciphers.ts';
import {
  type Opened,
  type PlainRecord,
  type ProtectedRecord,
  pseudoHeader,
  putSequence,
  type ReadProtection,
  type WriteProtection,
} from './protection.ts';

/**
 * AEAD in TLS 1.2 (RFC 5246 section 6.2.3.3). GCM and CCM carry 8 bytes of their nonce in the record (RFC 5288);
 * ChaCha20-Poly1305 makes it from IV and sequence number (RFC 7905).
 */
export class Aead12 implements ReadProtection, WriteProtection {
  readonly hidesType = false;
  readonly needsEmptyFragment = false;
  readonly failureFunction: string | undefined;
  readonly overhead: number;
  private readonly aead: Aead;
  private readonly explicit: number;
  private readonly iv: Uint8Array;

  constructor(cipher: AeadCipher, key: Uint8Array, iv: Uint8Array) {
    this.aead = new Aead(cipher, key);
    this.explicit = cipher.explicitNonceLength;
    this.overhead = cipher.explicitNonceLength + cipher.tagLength;
    // A copy, as a view would keep the keys of both sides in memory.
    this.iv = Uint8Array.from(iv);
    this.failureFunction = cipher.mode === 'gcm' ? 'ossl_gcm_stream_update' : undefined;
  }

  open(record: ProtectedRecord): Opened | undefined {
    const { body, type } = record;
    if (body.length < this.overhead) return undefined;
    const nonce = this.nonceOf(record);
    nonce.set(body.subarray(0, this.explicit), this.iv.length);
    const additional = pseudoHeader(record, body.length - this.overhead);
    const content = this.aead.open(nonce, additional, body.subarray(this.explicit));
    return content && { type, content };
  }

  seal(record: PlainRecord): readonly Uint8Array[] {
    const { content } = record;
    const nonce = this.nonceOf(record);
    const sealed = this.aead.sealParts(nonce, pseudoHeader(record, content.length), content);
    return this.explicit === 0 ? sealed : [nonce.subarray(this.iv.length), ...sealed];
  }

  private nonceOf({ epoch, sequence }: { epoch: number; sequence: number }): Uint8Array {
    const { iv } = this;
    const nonce = new Uint8Array(iv.length + this.explicit);
    putSequence(nonce, nonce.length - 8, epoch, sequence);
    if (this.explicit === 0) for (let i = 0; i < iv.length; i++) nonce[i] = (nonce[i] as number) ^ (iv[i] as number);
    else nonce.set(iv);
    return nonce;
  }
}
