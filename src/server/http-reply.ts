import { latin1 } from '../bytes/hex.ts';
import type { ErrorLine } from '../names/problems.ts';

/** A reply that is not taken, with the reference's lines. */
export class BadReply extends Error {
  override readonly name = 'BadReply';
  readonly lines: readonly ErrorLine[];

  constructor(...lines: ErrorLine[]) {
    super(lines.map(({ text }) => text).join(', '));
    this.lines = lines;
  }
}

/** Bytes of content that are taken at most. */
export const maxContent = 102_400;
/** Bytes before the content; a single line has to be shorter. */
const maxHead = 65_536;
const maxLine = 4096;

/**
 * The reply of a server that was asked for one DER structure: HTTP/1, status 200, the content type that was expected. It
 * is complete when the structure is, whether the server closes or not. No more is kept than the limits above allow.
 */
export class HttpReplyReader {
  private readonly contentType: string;
  private bytes: Uint8Array = new Uint8Array(0);
  private head: ReplyHead | undefined;

  constructor(contentType: string) {
    this.contentType = contentType;
  }

  /** The structure as soon as it is there. @throws {BadReply} */
  push(chunk: Uint8Array): Uint8Array | undefined {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    this.head ??= this.takeHead();
    if (this.head === undefined) return undefined;
    return this.content(this.head);
  }

  /** @throws {BadReply} always: what came is not enough */
  ended(): never {
    throw new BadReply(exchangeLine(128, 'failed reading data'));
  }

  private takeHead(): ReplyHead | undefined {
    const text = latin1(this.bytes.subarray(0, maxHead));
    const end = /\r?\n\r?\n/.exec(text);
    const lines = (end === null ? text : text.substring(0, end.index)).split('\n');
    if (lines.some((line) => line.length >= maxLine) || (end === null && text.length === maxHead)) this.ended();
    if (end === null) return undefined;
    this.bytes = this.bytes.subarray(end.index + end[0].length);
    return replyHead(lines, this.contentType);
  }

  private content({ contentLength }: ReplyHead): Uint8Array | undefined {
    const { bytes } = this;
    if (bytes.length > 0 && bytes[0] !== 0x30) throw new BadReply(exchangeLine(110, 'missing asn1 encoding'));
    const length = elementLength(bytes);
    if (length === undefined) return undefined;
    checkLength(length);
    if (contentLength !== undefined && contentLength !== length) {
      const extra = `ASN.1 length=${length}, Content-Length=${contentLength}`;
      throw new BadReply(httpLine(120, 'inconsistent content length', 'check_set_resp_len', extra));
    }
    return bytes.length < length ? undefined : Uint8Array.from(bytes.subarray(0, length));
  }
}

interface ReplyHead {
  readonly contentLength: number | undefined;
}

/** @throws {BadReply} */
function replyHead([first = '', ...fields]: readonly string[], expectedType: string): ReplyHead {
  const values = new Map(fields.map(nameAndValue));
  checkStatus(first, values.has('location'));
  const type = values.get('content-type');
  const expected = `expected=${expectedType}`;
  if (type === undefined) throw new BadReply(exchangeLine(121, 'missing content type', expected));
  if (type.toLowerCase() !== expectedType) {
    throw new BadReply(exchangeLine(118, 'unexpected content type', `${expected}, actual=${printable(type)}`));
  }
  return { contentLength: contentLength(values.get('content-length')) };
}

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.substring(0, colon).toLowerCase(), line.substring(colon + 1).trim()];
}

/** @throws {BadReply} */
function checkStatus(line: string, hasLocation: boolean): void {
  const [, digits = '', reason = ''] = /^HTTP\/1\.\S*\s+(\d+)(?:\s+(.*?))?\s*$/.exec(line) ?? [];
  const where = 'parse_http_line1';
  if (digits === '') throw new BadReply(httpLine(126, 'header parse error', where, `content=${printable(line)}`));
  const code = Number(digits);
  if (code === 200) return;
  if (code === 301 || (code === 302 && hasLocation)) {
    throw new BadReply(exchangeLine(116, 'redirection not enabled'));
  }
  const extra = `code=${code}, reason=${printable(reason)}`;
  throw new BadReply(
    code < 400 ? httpLine(114, 'status code unsupported', where, extra) : httpLine(105, 'received error', where, extra),
  );
}

/** @throws {BadReply} */
function contentLength(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const isNumber = /^\d{1,15}$/.test(text);
  if (!isNumber) throw new BadReply(exchangeLine(119, 'error parsing content length', `input=${printable(text)}`));
  checkLength(Number(text));
  return Number(text);
}

/** @throws {BadReply} */
function checkLength(length: number): void {
  if (length <= maxContent) return;
  const extra = `length=${length}, max=${maxContent}`;
  throw new BadReply(httpLine(117, 'max resp len exceeded', 'check_set_resp_len', extra));
}

/** Of the structure that the bytes begin with, tag and length included; undefined while that is not told. @throws {BadReply} */
function elementLength(bytes: Uint8Array): number | undefined {
  const [, first] = bytes;
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  if (size === 0 || size > 4) throw new BadReply(exchangeLine(109, 'error parsing asn1 length'));
  if (bytes.length < 2 + size) return undefined;
  return 2 + size + bytes.subarray(2, 2 + size).reduce((length, byte) => length * 256 + byte, 0);
}

/** What a stranger wrote, on a line of its own: a control character would not stay there. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ').substring(0, 200);
}

function exchangeLine(reason: number, text: string, extra?: string): ErrorLine {
  return httpLine(reason, text, 'OSSL_HTTP_REQ_CTX_nbio', extra);
}

/** A line of the reference's library for HTTP. */
export function httpLine(reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library: 61, reason, text, function: where, ...(extra !== undefined && { extra }) };
}
