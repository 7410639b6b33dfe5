import { ByteQueue } from '../../bytes/byte-queue.ts';
import { latin1 } from '../../bytes/hex.ts';
import type { ErrorLine } from '../../names/problems.ts';

/** BadReply is a rejected reply, with the reference's error lines. */
export class BadReply extends Error {
  override readonly name = 'BadReply';
  readonly lines: readonly ErrorLine[];

  constructor(...lines: ErrorLine[]) {
    super(lines.map(({ text }) => text).join(', '));
    this.lines = lines;
  }
}

/** Limits on a reply. */
export interface ExpectedReply {
  /** The content type, in lower case; undefined: any. */
  readonly contentType: string | undefined;
  /** Maximum bytes of content. */
  readonly limit: number;
}

/** Maximum bytes before the content. */
const maxHead = 65_536;
const pieceLength = 4096;
const lineFeed = 0x0a;

/**
 * HttpReplyReader reads the reply to a request for one DER structure: HTTP/1, status 200, the expected content type.
 * The reply is complete when the structure is, whether the server closes or not. Memory is bounded by the limits, and
 * each byte is looked at once, however small the chunks are.
 */
export class HttpReplyReader {
  private readonly expected: ExpectedReply;
  private headLength = 0;
  private line = '';
  private readonly lines: string[] = [];
  private head: ReplyHead | undefined;
  private readonly content = new ByteQueue();
  private tagAndLength: Uint8Array | undefined;
  private longLength: Uint8Array | undefined;

  constructor(expected: ExpectedReply) {
    this.expected = expected;
  }

  /** push returns the structure as soon as it is complete. @throws {BadReply} */
  push(chunk: Uint8Array): Uint8Array | undefined {
    const behindHead = this.head === undefined ? this.takeHead(chunk) : chunk;
    if (behindHead === undefined) return undefined;
    this.head ??= replyHead(this.lines, this.expected);
    this.content.push(behindHead);
    return this.takeContent(this.head);
  }

  /** @throws {BadReply} always: the reply is incomplete */
  ended(): never {
    throw new BadReply(exchangeLine(128, 'failed reading data'));
  }

  /** The target of a redirection; undefined without one. */
  get location(): string | undefined {
    return redirection(this.lines);
  }

  /** takeHead returns the bytes after the empty line; undefined before that. */
  private takeHead(chunk: Uint8Array): Uint8Array | undefined {
    for (let at = 0; ; ) {
      // The reference reads pieces of this length, and rejects a line that does not end within one.
      const most = at + pieceLength - (this.headLength % pieceLength);
      const end = chunk.subarray(0, most).indexOf(lineFeed, at);
      const next = end < 0 ? Math.min(chunk.length, most) : end + 1;
      this.headLength += next - at;
      this.line += latin1(chunk.subarray(at, next));
      if (this.headLength >= maxHead) this.ended();
      at = next;
      if (end < 0) {
        if (this.line.length >= pieceLength) throw new BadReply();
        if (at === chunk.length) return undefined;
        continue;
      }
      const line = this.line;
      this.line = '';
      if (/^\r?\n$/.test(line)) return chunk.subarray(at);
      this.lines.push(line);
    }
  }

  private takeContent({ contentLength }: ReplyHead): Uint8Array | undefined {
    this.tagAndLength ??= this.content.take(2);
    if (this.tagAndLength === undefined) return undefined;
    const [tag, first = 0] = this.tagAndLength;
    if (tag !== 0x30) throw new BadReply(exchangeLine(110, 'missing asn1 encoding'));
    this.longLength ??= this.content.take(lengthSize(first));
    if (this.longLength === undefined) return undefined;
    const bodyLength = this.longLength.reduce((sum, byte) => sum * 256 + byte, first < 0x80 ? first : 0);
    checkLengths(2 + this.longLength.length + bodyLength, contentLength, this.expected);
    const body = this.content.take(bodyLength);
    return body && Buffer.concat([this.tagAndLength, this.longLength, body]);
  }
}

interface ReplyHead {
  readonly contentLength: number | undefined;
}

/** @throws {BadReply} */
function replyHead(lines: readonly string[], { contentType: expectedType, limit }: ExpectedReply): ReplyHead {
  const [first = ''] = lines;
  checkStatus(first, redirection(lines) !== undefined);
  const values = fieldsOf(lines);
  const type = values.get('content-type');
  const expected = `expected=${expectedType}`;
  if (expectedType !== undefined && type === undefined) {
    throw new BadReply(exchangeLine(121, 'missing content type', expected));
  }
  if (expectedType !== undefined && type?.toLowerCase() !== expectedType) {
    throw new BadReply(exchangeLine(118, 'unexpected content type', `${expected}, actual=${printable(type ?? '')}`));
  }
  return { contentLength: contentLength(values.get('content-length'), limit) };
}

function redirection(lines: readonly string[]): string | undefined {
  const [first = ''] = lines;
  return /^HTTP\/1\.\S*\s+30[12](?!\d)/.test(first) ? fieldsOf(lines).get('location') : undefined;
}

function fieldsOf([, ...fields]: readonly string[]): ReadonlyMap<string, string> {
  return new Map(fields.map(nameAndValue));
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
function contentLength(text: string | undefined, limit: number): number | undefined {
  if (text === undefined) return undefined;
  const isNumber = /^\d{1,15}$/.test(text);
  if (!isNumber) throw new BadReply(exchangeLine(119, 'error parsing content length', `input=${printable(text)}`));
  checkLength(Number(text), limit);
  return Number(text);
}

/** @throws {BadReply} */
function checkLengths(length: number, announced: number | undefined, { limit }: ExpectedReply): void {
  checkLength(length, limit);
  if (announced === undefined || announced === length) return;
  const extra = `ASN.1 length=${length}, Content-Length=${announced}`;
  throw new BadReply(httpLine(120, 'inconsistent content length', 'check_set_resp_len', extra));
}

/** @throws {BadReply} */
function checkLength(length: number, limit: number): void {
  if (length <= limit) return;
  throw new BadReply(httpLine(117, 'max resp len exceeded', 'check_set_resp_len', `length=${length}, max=${limit}`));
}

/** lengthSize returns the number of length bytes after the first one. @throws {BadReply} */
function lengthSize(first: number): number {
  if (first < 0x80) return 0;
  const size = first & 0x7f;
  if (size === 0 || size > 4) throw new BadReply(exchangeLine(109, 'error parsing asn1 length'));
  return size;
}

/** printable keeps a peer's text on one line: it replaces control characters. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ').substring(0, 200);
}

function exchangeLine(reason: number, text: string, extra?: string): ErrorLine {
  return httpLine(reason, text, 'OSSL_HTTP_REQ_CTX_nbio', extra);
}

/** httpLine is a line of the reference's HTTP library. */
export function httpLine(reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library: 61, reason, text, function: where, ...(extra !== undefined && { extra }) };
}
