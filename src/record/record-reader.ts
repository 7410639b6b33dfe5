import { ByteQueue } from '../bytes/byte-queue.ts';
import { latin1 } from '../bytes/hex.ts';
import { ContentType } from '../names/content-types.ts';
import { Problem } from '../names/problems.ts';
import { maxCiphertext, maxCiphertext13, maxEmptyRecords, maxPlaintext } from './limits.ts';
import type { ReadHalf } from './read-half.ts';

export const headerLength = 5;

/** A record on the wire. The bytes are views. */
export interface WireRecord {
  readonly header: Uint8Array;
  readonly type: number;
  readonly version: number;
  readonly body: Uint8Array;
  /** A hello in the form of SSL 2.0, without the two bytes that give its length (RFC 5246 appendix E.2). */
  readonly sslv2: boolean;
}

/** An opened record. `innerType` is the content type inside a TLS 1.3 record. */
export interface OpenedRecord {
  readonly type: number;
  readonly content: Uint8Array;
  readonly hidden: boolean;
}

/** Expectation determines which records are acceptable at the moment. */
export interface Expectation {
  /** The negotiated version on records; undefined before negotiation. */
  readonly recordVersion: number | undefined;
  /** True until the first handshake of the connection is done. */
  readonly firstHandshake: boolean;
}

/** RecordWatch observes the records received. */
export interface RecordWatch {
  /** A read of the transport that asked for `asked` bytes; empty at the end of the stream. */
  read?(bytes: Uint8Array, asked: number): void;
  /** A header, before it is checked and before the body has arrived. An SSL 2.0 hello has none. */
  record?(way: 'read', header: Uint8Array, contentType: number): void;
}

const where = 'ssl3_get_record';

/** RecordReader finds records in a stream, validates their headers and opens them. */
export class RecordReader {
  readonly half: ReadHalf;
  private readonly queue = new ByteQueue();
  private header: Uint8Array | undefined;
  private first = true;
  private emptyInARow = 0;
  private sawProtected = false;
  private readonly watch: RecordWatch;
  /** Bytes reported of the current piece, and its length. */
  private told = 0;
  private wanted = headerLength;

  constructor(half: ReadHalf, watch: RecordWatch = {}) {
    this.half = half;
    this.watch = watch;
  }

  push(chunk: Uint8Array): void {
    this.queue.push(chunk);
  }

  /** Bytes received and not yet handed out, without a header already read. */
  get unread(): number {
    return this.queue.length;
  }

  /** True when no received byte is left. */
  get drained(): boolean {
    return this.queue.empty && this.header === undefined;
  }

  /**
   * The header of the current record once it has arrived, repeated until `next` takes the record.
   * @throws {Problem} when no record may begin like this
   */
  nextHeader(expectation: Expectation): Uint8Array | undefined {
    if (this.header === undefined) {
      this.header = this.take(headerLength);
      if (this.header !== undefined) this.checkHeader(this.header, expectation);
    }
    return this.header;
  }

  /** Reports the end of the stream. */
  ended(): void {
    this.watch.read?.(new Uint8Array(0), this.wanted - this.told);
  }

  /** The whole record, once it has arrived. */
  next(header: Uint8Array): WireRecord | undefined {
    const sslv2 = this.first && isSslv2Hello(header);
    const body = this.take(sslv2 ? sslv2LengthOf(header) - (headerLength - sslv2HeaderLength) : lengthOf(header));
    if (body === undefined) return undefined;
    this.header = undefined;
    this.first = false;
    if (!sslv2) return { header, type: header[0] ?? 0, version: versionOf(header), body, sslv2 };
    const message = Buffer.concat([header.subarray(sslv2HeaderLength), body]);
    return { header, type: ContentType.handshake, version: sslv2Version, body: message, sslv2 };
  }

  /** Opens a record. @throws {Problem} when it is not authentic, or its content too long */
  open(record: WireRecord, expectation: Expectation): OpenedRecord {
    const opened = this.openIfGenuine(record, expectation);
    if (opened !== undefined) return opened;
    throw new Problem('decryptionFailedOrBadRecordMac', where, { before: cipherFailed(this.half) });
  }

  /** Undefined when the record is not authentic. @throws {Problem} when its content is too long */
  openIfGenuine(record: WireRecord, { firstHandshake }: Expectation): OpenedRecord | undefined {
    const { header, type, version, body } = record;
    if (this.half.hidesType && this.passesUnprotected(type, firstHandshake))
      return { type, content: body, hidden: false };
    const opened = this.half.open(type, version, header, body);
    if (opened === undefined) return undefined;
    const { content, padding = 0 } = opened;
    if (content.length + padding > (this.half.protected ? this.half.maxContent : maxPlaintext))
      throw new Problem('dataLengthTooLong', where);
    if (this.half.hidesType) this.checkInner(opened.type, content);
    this.countEmpty(content);
    return { type: opened.type, content, hidden: this.half.hidesType };
  }

  /** Takes a piece and reports it as the reads of the reference: a header, then its body. */
  private take(size: number): Uint8Array | undefined {
    const piece = this.queue.take(size);
    if (this.watch.read === undefined) return piece;
    const there = piece ?? this.queue.collected;
    this.wanted = size;
    if (there !== undefined && there.length > this.told) this.watch.read(there.subarray(this.told), size - this.told);
    this.told = piece === undefined ? (there?.length ?? 0) : 0;
    if (piece !== undefined) this.wanted = headerLength;
    return piece;
  }

  private checkHeader(header: Uint8Array, expectation: Expectation): void {
    if (!(this.first && isSslv2Hello(header))) this.watch.record?.('read', header, header[0] as number);
    this.check(header, expectation);
  }

  private check(header: Uint8Array, { recordVersion, firstHandshake }: Expectation): void {
    const version = versionOf(header);
    const type = header[0] ?? 0;
    const length = lengthOf(header);
    if (this.first && isSslv2Hello(header)) {
      if (sslv2LengthOf(header) > maxCiphertext) throw new Problem('packetLengthTooLong', where);
      if (sslv2LengthOf(header) < shortestSslv2Hello) throw new Problem('lengthTooShort', where);
      return;
    }
    if (!this.first && recordVersion !== undefined && !this.half.hidesType && version !== recordVersion) {
      throw new Problem('wrongVersionNumber', where, { alert: type === ContentType.alert ? null : 'protocol_version' });
    }
    if (version >>> 8 !== 3 && !this.half.hidesType) {
      if (!this.first) throw new Problem('wrongVersionNumber', where, { alert: 'protocol_version' });
      throw new Problem(notTls(header), where);
    }
    // Under TLS 1.3 keys the version is ignored (RFC 8446 section 5.1).
    if (this.half.hidesType) {
      const acceptable = type === ContentType.applicationData || this.passesUnprotected(type, firstHandshake);
      if (!acceptable) throw new Problem('badRecordType', where);
    }
    if (length > maxCiphertext) throw new Problem('packetLengthTooLong', where);
    const limit = this.half.hidesType ? maxCiphertext13 : maxPlaintext + 320;
    if (length > limit) throw new Problem('encryptedLengthTooLong', where);
  }

  /**
   * Two kinds of record still arrive in clear under TLS 1.3 keys: ChangeCipherSpec for the sake of middleboxes, and an
   * alert of a client that could not derive the keys.
   */
  private passesUnprotected(type: number, firstHandshake: boolean): boolean {
    if (!firstHandshake) return false;
    return type === ContentType.changeCipherSpec || (type === ContentType.alert && !this.sawProtected);
  }

  private checkInner(type: number, content: Uint8Array): void {
    this.sawProtected = true;
    if (type !== ContentType.applicationData && type !== ContentType.alert && type !== ContentType.handshake) {
      throw new Problem('badRecordType', where);
    }
    if (type !== ContentType.applicationData && content.length === 0) {
      throw new Problem('badLength', where, { alert: 'unexpected_message' });
    }
  }

  private countEmpty(content: Uint8Array): void {
    this.emptyInARow = content.length === 0 ? this.emptyInARow + 1 : 0;
    if (this.emptyInARow > maxEmptyRecords) {
      throw new Problem('recordTooSmall', 'ssl3_read_bytes', { alert: 'unexpected_message' });
    }
  }
}

function versionOf(header: Uint8Array): number {
  return ((header[1] as number) << 8) | (header[2] as number);
}

function lengthOf(header: Uint8Array): number {
  return ((header[3] as number) << 8) | (header[4] as number);
}

/** The topmost bit marks a two-byte length; the message type of a ClientHello follows. */
function isSslv2Hello(header: Uint8Array): boolean {
  return (header[0] as number) >= 0x80 && header[2] === 1;
}

function sslv2LengthOf(header: Uint8Array): number {
  return (((header[0] as number) & 0x7f) << 8) | (header[1] as number);
}

const sslv2HeaderLength = 2;
export const sslv2Version = 0x0002;
/** Length of its fixed fields, in bytes. */
const shortestSslv2Hello = 9;

/** The problem to report for first bytes that are no record. */
function notTls(header: Uint8Array): 'httpRequest' | 'httpsProxyRequest' | 'wrongVersionNumber' {
  const start = latin1(header);
  if (/^(GET |POST |HEAD |PUT )/.test(start) || start === 'POST ' || start === 'HEAD ') return 'httpRequest';
  return start === 'CONNE' ? 'httpsProxyRequest' : 'wrongVersionNumber';
}

/** The provider's error line, which the reference prints before its own. */
function cipherFailed(half: ReadHalf) {
  const { failureFunction } = half;
  return failureFunction === undefined
    ? []
    : [{ library: 57, reason: 102, text: 'cipher operation failed', function: failureFunction }];
}
