import { constantTimeEqual } from '../crypto/primitives/hash.ts';
import type { StreamCipher } from '../crypto/stream.ts';
import type { Opened, PlainRecord, ProtectedRecord, ReadProtection, WriteProtection } from './protection.ts';
import type { RecordMac } from './record-mac.ts';

/** MAC, then a stream cipher or none at all (RFC 5246 section 6.2.3.1). */
export class StreamProtection implements ReadProtection, WriteProtection {
  readonly hidesType = false;
  readonly needsEmptyFragment = false;
  readonly overhead: number;
  private readonly mac: RecordMac;
  private readonly cipher: StreamCipher | undefined;

  constructor(mac: RecordMac, cipher?: StreamCipher) {
    this.mac = mac;
    this.cipher = cipher;
    this.overhead = mac.length;
  }

  open(record: ProtectedRecord): Opened | undefined {
    const plain = this.cipher ? this.cipher.apply(record.body) : record.body;
    if (plain.length < this.mac.length) return undefined;
    const content = plain.subarray(0, plain.length - this.mac.length);
    const expected = this.mac.of(record, content.length, content);
    return constantTimeEqual(expected, plain.subarray(content.length)) ? { type: record.type, content } : undefined;
  }

  seal(record: PlainRecord): readonly Uint8Array[] {
    const { content } = record;
    const plain = Buffer.concat([content, this.mac.of(record, content.length, content)]);
    return [this.cipher ? this.cipher.apply(plain) : plain];
  }
}
