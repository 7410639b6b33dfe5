import { zlib } from '../bytes/zlib.ts';
import { Problem } from '../names/problems.ts';
import { maxPlaintext } from './limits.ts';
import type { Opened, PlainRecord, ProtectedRecord, ReadProtection, WriteProtection } from './protection.ts';

/*
 * DEFLATE under the protection of a record (RFC 3749). One zlib stream spans all records of a direction, flushed at
 * byte borders. zlib's one-shot calls keep no state, so we carry it: the header in the first record and, for reading,
 * the preceding text.
 */

/** InflatedReading decompresses the content that another protection opens. */
export class InflatedReading implements ReadProtection {
  readonly hidesType: boolean;
  readonly failureFunction: string | undefined;
  private readonly inner: ReadProtection;
  private headerSeen = false;
  private before: Uint8Array = new Uint8Array(0);

  constructor(inner: ReadProtection) {
    this.inner = inner;
    this.hidesType = inner.hidesType;
    this.failureFunction = inner.failureFunction;
  }

  /** Opens and inflates. @throws {Problem} when the content is no DEFLATE, or too long compressed */
  open(record: ProtectedRecord): Opened | undefined {
    const opened = this.inner.open(record);
    if (opened === undefined) return undefined;
    if (opened.content.length > maxPlaintext + maxGrowth) throw new Problem('compressedLengthTooLong', where);
    const content = this.inflate(opened.content);
    this.before = Buffer.concat([this.before, content]).subarray(-windowSize);
    return { type: opened.type, content };
  }

  private inflate(compressed: Uint8Array): Uint8Array {
    const start = this.headerSeen ? 0 : header.length;
    if (!this.headerSeen && !isHeader(compressed)) throw new Problem('badDecompression', where);
    this.headerSeen = true;
    const dictionary = this.before.length > 0 ? { dictionary: this.before } : {};
    const { constants, inflateRawSync } = zlib();
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxPlaintext, ...dictionary };
    try {
      return inflateRawSync(compressed.subarray(start), options);
    } catch {
      throw new Problem('badDecompression', where);
    }
  }
}

/**
 * DeflatedWriting compresses the content that another protection seals. Each record stands alone: none refers to the
 * preceding text.
 */
export class DeflatedWriting implements WriteProtection {
  readonly hidesType: boolean;
  readonly needsEmptyFragment: boolean;
  readonly overhead: number;
  private readonly inner: WriteProtection;
  private headerSent = false;

  constructor(inner: WriteProtection) {
    this.inner = inner;
    this.hidesType = inner.hidesType;
    this.needsEmptyFragment = inner.needsEmptyFragment;
    this.overhead = inner.overhead + maxGrowth;
  }

  seal(record: PlainRecord): readonly Uint8Array[] {
    const { constants, deflateRawSync } = zlib();
    const deflated = deflateRawSync(record.content, { finishFlush: constants.Z_SYNC_FLUSH });
    const content = this.headerSent ? deflated : Buffer.concat([header, deflated]);
    this.headerSent = true;
    return this.inner.seal({ ...record, content });
  }
}

const where = 'ssl3_get_record';
/** "The TLSCompressed fragment ... length may not exceed 2^14 + 1024." */
const maxGrowth = 1024;
/** DEFLATE's window, in bytes (RFC 1951). */
const windowSize = 32768;
/** RFC 1950: DEFLATE with the largest window, default level, no dictionary. */
const header = Buffer.of(0x78, 0x9c);

function isHeader([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && method >>> 4 <= 7 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
}
