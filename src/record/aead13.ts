import { Aead } from '../crypto/aead.ts';
import type { AeadCipher } from '../crypto/ciphers.ts';
import { ContentType } from '../names/content-types.ts';
import { maxPlaintext } from './limits.ts';
import {
  type Opened,
  type PlainRecord,
  type ProtectedRecord,
  putSequence,
  type ReadProtection,
  type WriteProtection,
} from './protection.ts';

/** Padding rounds the length of records up to a multiple of a number of bytes; 0 and 1 mean no padding. */
export interface Padding {
  readonly application: number;
  /** For records of any other content type. */
  readonly handshake: number;
}

const none: Padding = { application: 0, handshake: 0 };

/**
 * Scratch memory for the inner plaintext in one piece: a second cipher call for type and padding would cost more than
 * the copy. Shared by all connections, as sealing is synchronous.
 */
const inner = new Uint8Array(maxPlaintext + 1);

/** RFC 8446 section 5.2: type and padding are inside, the header is authenticated, the nonce is IV xor sequence number. */
export class Aead13 implements ReadProtection, WriteProtection {
  readonly hidesType = true;
  readonly needsEmptyFragment = false;
  readonly overhead: number;
  private readonly aead: Aead;
  private readonly tagLength: number;
  private readonly iv: Uint8Array;
  private readonly nonce: Uint8Array;
  private readonly padding: Padding;

  constructor(cipher: AeadCipher, key: Uint8Array, iv: Uint8Array, padding = none) {
    this.aead = new Aead(cipher, key);
    this.tagLength = cipher.tagLength;
    this.iv = iv;
    this.nonce = new Uint8Array(iv.length);
    this.padding = padding;
    this.overhead = cipher.tagLength + 1 + Math.max(padding.application, padding.handshake);
  }

  open({ epoch, sequence, body, header }: ProtectedRecord): Opened | undefined {
    if (body.length < this.tagLength + 1) return undefined;
    const inner = this.aead.open(this.nonceOf(epoch, sequence), header, body);
    if (inner === undefined) return undefined;
    const last = inner.length - 1;
    let end = last;
    while (end > 0 && inner[end] === 0) end--;
    return { type: inner[end] ?? 0, content: inner.subarray(0, Math.max(end, 0)), padding: last - end };
  }

  seal({ type, epoch, sequence, content }: PlainRecord): readonly Uint8Array[] {
    const { application, handshake } = this.padding;
    const padded = paddedLength(content.length, type === ContentType.applicationData ? application : handshake);
    const inside = inner.length > padded ? inner.subarray(0, padded + 1) : new Uint8Array(padded + 1);
    inside.set(content);
    inside[content.length] = type;
    inside.fill(0, content.length + 1);
    const length = padded + 1 + this.tagLength;
    const header = Uint8Array.of(ContentType.applicationData, 3, 3, length >>> 8, length);
    return this.aead.sealParts(this.nonceOf(epoch, sequence), header, inside);
  }

  private nonceOf(epoch: number, sequence: number): Uint8Array {
    this.nonce.fill(0);
    putSequence(this.nonce, this.nonce.length - 8, epoch, sequence);
    for (let at = 0; at < this.iv.length; at++) this.nonce[at] = (this.nonce[at] ?? 0) ^ (this.iv[at] ?? 0);
    return this.nonce;
  }
}

/** The reference pads content and type byte together up to the next multiple, but never past a full record. */
function paddedLength(length: number, block: number): number {
  if (block <= 1) return length;
  return Math.min(Math.ceil((length + 1) / block) * block - 1, Math.max(maxPlaintext - 1, length));
}
