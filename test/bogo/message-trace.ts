import type { Observer, Way } from '../../src/connection/observer.ts';
import { ContentType } from '../../src/names/content-types.ts';

/** MessageTrace records the messages of a connection in the words of the runner. */
export class MessageTrace implements Observer {
  private readonly lines: string[] = [];
  /** True once a HelloRetryRequest was sent. */
  retried = false;

  get text(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  /** Received ChangeCipherSpecs of TLS up to 1.2 are no messages to observers, whose -msg does not print them. */
  record(way: Way, _header: Uint8Array, contentType: number): void {
    if (way === 'read' && contentType === ContentType.changeCipherSpec) this.lines.push('read ccs');
  }

  message(way: Way, contentType: number, _version: number, bytes: Uint8Array): void {
    this.lines.push(`${way} ${wordsFor(contentType, bytes)}`);
    if (way === 'write' && isRetry(contentType, bytes)) this.retried = true;
  }
}

function wordsFor(contentType: number, bytes: Uint8Array): string {
  switch (contentType) {
    case ContentType.handshake:
      return `hs ${bytes[0]}`;
    case ContentType.changeCipherSpec:
      return 'ccs';
    case ContentType.alert:
      return `alert ${bytes[0]} ${bytes[1]}`;
    case 0:
      return 'v2clienthello';
    default:
      return `content of type ${contentType}`;
  }
}

const serverHello = 2;
/** RFC 8446 section 4.1.3: the random value of a ServerHello that is a HelloRetryRequest begins so. */
const retryRandom = Buffer.from('cf21ad74e59a6111', 'hex');
/** Bytes of the message's header and the version. */
const beforeRandom = 6;

function isRetry(contentType: number, bytes: Uint8Array): boolean {
  if (contentType !== ContentType.handshake || bytes[0] !== serverHello) return false;
  return retryRandom.equals(bytes.subarray(beforeRandom, beforeRandom + retryRandom.length));
}
