import { cbcDecrypt, cbcEncrypt } from '../crypto/cbc.ts';
import type { CbcCipher } from '../crypto/ciphers.ts';
import { constantTimeEqual } from '../crypto/primitives/hash.ts';
import type { Random } from '../crypto/primitives/random.ts';
import type { Opened, PlainRecord, ProtectedRecord, ReadProtection, WriteProtection } from './protection.ts';
import type { RecordMac } from './record-mac.ts';

export interface CbcOptions {
  readonly cipher: CbcCipher;
  readonly key: Uint8Array;
  readonly mac: RecordMac;
  /** Source of the IVs. */
  readonly random: Random;
  /** The first IV when IVs are chained (TLS 1.0 and SSL 3.0); undefined when each record carries its own. */
  readonly chainedIv?: Uint8Array;
  /** Sends an empty record before each data record, so that nobody can choose the plaintext for a known IV. */
  readonly emptyFragments?: boolean;
  /** RFC 7366 */
  readonly encryptThenMac: boolean;
  /** SSL 3.0 checks only the length byte of the padding. */
  readonly ssl3: boolean;
}

/** CBC block ciphers with MAC (RFC 5246 section 6.2.3.2), in both orders. */
export class Cbc implements ReadProtection, WriteProtection {
  readonly hidesType = false;
  readonly needsEmptyFragment: boolean;
  readonly overhead: number;
  private readonly options: CbcOptions;
  private chained: Uint8Array | undefined;

  constructor(options: CbcOptions) {
    this.options = options;
    this.chained = options.chainedIv;
    this.needsEmptyFragment = options.chainedIv !== undefined && options.emptyFragments !== false;
    // The padding, and the IV when each record has its own.
    this.overhead = options.mac.length + (options.chainedIv ? 1 : 2) * options.cipher.blockLength;
  }

  open(record: ProtectedRecord): Opened | undefined {
    return this.options.encryptThenMac ? this.openMacLast(record) : this.openMacInside(record);
  }

  seal(record: PlainRecord): readonly Uint8Array[] {
    const { cipher, key, mac, encryptThenMac, random } = this.options;
    const { content } = record;
    const inside = encryptThenMac ? [content] : [content, mac.of(record, content.length, content)];
    const plain = padded(inside, cipher.blockLength, this.options.ssl3);
    const iv = this.chained ?? random(cipher.blockLength);
    const encrypted = cbcEncrypt(cipher, key, iv, plain);
    const body = this.chained === undefined ? [iv, encrypted] : [encrypted];
    if (this.chained !== undefined) this.chained = lastBlock(encrypted, cipher.blockLength);
    if (encryptThenMac) {
      const length = body.reduce((sum, part) => sum + part.length, 0);
      body.push(mac.of(record, length, ...body));
    }
    return body;
  }

  private openMacLast(record: ProtectedRecord): Opened | undefined {
    const { mac } = this.options;
    const { body } = record;
    if (body.length < mac.length) return undefined;
    const encrypted = body.subarray(0, body.length - mac.length);
    const expected = mac.of(record, encrypted.length, encrypted);
    if (!constantTimeEqual(expected, body.subarray(encrypted.length))) return undefined;
    const plain = this.decrypt(encrypted);
    if (plain === undefined) return undefined;
    const padding = (plain[plain.length - 1] as number) + 1;
    if (padding > plain.length || !paddingIsGood(plain, padding, this.options.ssl3)) return undefined;
    return { type: record.type, content: plain.subarray(0, plain.length - padding) };
  }

  /**
   * Opens a record whose MAC is under the encryption, so that padding is read before anything is authenticated. Every
   * fault hashes the same amount of data and gives the same result: padding that cannot be right counts as none, and
   * after the MAC as many bytes as the padding has are hashed too.
   */
  private openMacInside(record: ProtectedRecord): Opened | undefined {
    const { mac, ssl3, cipher } = this.options;
    const plain = this.decrypt(record.body);
    if (plain === undefined || plain.length < mac.length + 1) return undefined;
    const claimed = (plain[plain.length - 1] as number) + 1;
    const limit = ssl3 ? cipher.blockLength : 256;
    const fits = claimed + mac.length <= plain.length && claimed <= limit;
    const good = paddingIsGood(plain, fits ? claimed : 1, ssl3) && fits;
    const padding = good ? claimed : 0;
    const length = plain.length - mac.length - padding;
    const expected = mac.of(record, length, plain.subarray(0, length));
    mac.of(record, 0, plain.subarray(0, Math.min(padding, plain.length)));
    const genuine = constantTimeEqual(expected, plain.subarray(length, length + mac.length));
    return genuine && good ? { type: record.type, content: plain.subarray(0, length) } : undefined;
  }

  private decrypt(encrypted: Uint8Array): Uint8Array | undefined {
    const { cipher, key } = this.options;
    const { blockLength } = cipher;
    const explicit = this.chained === undefined ? blockLength : 0;
    if (encrypted.length % blockLength !== 0 || encrypted.length < explicit + blockLength) return undefined;
    const iv = this.chained ?? encrypted.subarray(0, blockLength);
    const plain = cbcDecrypt(cipher, key, iv, encrypted.subarray(explicit));
    if (this.chained !== undefined) this.chained = lastBlock(encrypted, blockLength);
    return plain;
  }
}

function padded(parts: Uint8Array[], blockLength: number, ssl3: boolean): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const padding = blockLength - (length % blockLength);
  const plain = new Uint8Array(length + padding);
  let at = 0;
  for (const part of parts) {
    plain.set(part, at);
    at += part.length;
  }
  if (!ssl3) plain.fill(padding - 1, at);
  plain[plain.length - 1] = padding - 1;
  return plain;
}

/** Checks the last 256 bytes in constant time, independent of `padding`. */
function paddingIsGood(plain: Uint8Array, padding: number, ssl3: boolean): boolean {
  if (ssl3) return true;
  let wrong = 0;
  const reach = Math.min(256, plain.length);
  for (let i = 1; i <= reach; i++) {
    const inside = (i - padding - 1) >> 31;
    wrong |= inside & ((plain[plain.length - i] as number) ^ (padding - 1));
  }
  return wrong === 0;
}

function lastBlock(encrypted: Uint8Array, blockLength: number): Uint8Array {
  return Uint8Array.from(encrypted.subarray(encrypted.length - blockLength));
}
