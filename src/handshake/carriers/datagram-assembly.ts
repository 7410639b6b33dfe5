import type { Incoming } from '../flow/flow.ts';

/** Bytes of a handshake message header in DTLS (RFC 6347 section 4.2.2). */
export const fragmentHeaderLength = 12;

/** A part or the whole of a handshake message. `body` is a view. */
export interface Fragment {
  readonly type: number;
  /** Length of the whole message's body. */
  readonly length: number;
  /** Sequence number of the message. */
  readonly sequence: number;
  readonly offset: number;
  readonly body: Uint8Array;
}

/** The fragments in a record, up to the first invalid one; the rest is discarded. */
export function fragmentsOf(content: Uint8Array): Fragment[] {
  const fragments: Fragment[] = [];
  for (let at = 0; at + fragmentHeaderLength <= content.length; ) {
    const [type = 0] = content.subarray(at);
    const length = uint24(content, at + 1);
    const offset = uint24(content, at + 6);
    const start = at + fragmentHeaderLength;
    const end = start + uint24(content, at + 9);
    if (end > content.length || offset + end - start > length) break;
    const sequence = ((content[at + 4] as number) << 8) | (content[at + 5] as number);
    fragments.push({ type, length, sequence, offset, body: content.subarray(start, end) });
    at = end;
  }
  return fragments;
}

/** The header of a fragment. Without `part` that of the whole message, which the transcript hashes. */
export function fragmentHeader(
  { type, length, sequence }: Pick<Fragment, 'type' | 'length' | 'sequence'>,
  part = { offset: 0, length },
): Uint8Array {
  const header = new Uint8Array(fragmentHeaderLength);
  header[0] = type;
  putUint24(header, 1, length);
  header[4] = sequence >>> 8;
  header[5] = sequence;
  putUint24(header, 6, part.offset);
  putUint24(header, 9, part.length);
  return header;
}

/** The result for a fragment. `old`: its message has already been handed out. `tooLong`: of the message that comes next. */
export type Arrival = 'kept' | 'old' | 'dropped' | 'tooLong';

/**
 * DatagramAssembly reassembles handshake messages from fragments in any order and with overlaps, and hands them out by
 * sequence number. It buffers at most `mostAhead` messages and `mostBytes` bytes; fragments beyond that are dropped,
 * and retransmitted by their sender.
 */
export class DatagramAssembly {
  private readonly limit: (type: number) => number;
  /** In no order. An array, as an idle association keeps it, and an empty Map takes six times as much. */
  private messages: PartialMessage[] = [];
  private expected: number;

  /** `limit` gives the maximum body length of a message type, `first` the sequence number of the first message. */
  constructor(limit: (type: number) => number, first = 0) {
    this.limit = limit;
    this.expected = first;
  }

  /** Begins a new handshake, whose messages are numbered from `first`. */
  restart(first = 0): void {
    this.messages = [];
    this.expected = first;
  }

  /** True while parts of messages are buffered. */
  get midway(): boolean {
    return this.messages.length > 0;
  }

  /** Sequence number of the next message. */
  get next(): number {
    return this.expected;
  }

  push(fragment: Fragment): Arrival {
    const { sequence } = fragment;
    if (sequence < this.expected) return 'old';
    if (sequence >= this.expected + mostAhead) return 'dropped';
    if (sequence === this.expected && fragment.length > this.limit(fragment.type)) return 'tooLong';
    const message = this.withNumber(sequence) ?? this.begin(fragment);
    return message?.add(fragment) ? 'kept' : 'dropped';
  }

  /** The next message, once it is complete. */
  take(): Incoming | undefined {
    const message = this.withNumber(this.expected);
    if (!message?.whole) return undefined;
    this.messages = this.messages.filter((it) => it !== message);
    this.expected++;
    const { type, bytes } = message;
    return { type, body: bytes.subarray(fragmentHeaderLength), bytes, endsRecord: true };
  }

  private withNumber(sequence: number): PartialMessage | undefined {
    return this.messages.find((it) => it.sequence === sequence);
  }

  private begin(fragment: Fragment): PartialMessage | undefined {
    let kept = fragment.length;
    for (const { bytes } of this.messages) kept += bytes.length;
    // The next message is always accepted: all others depend on it.
    const fits = fragment.sequence === this.expected || kept <= mostBytes;
    if (!fits || fragment.length > this.limit(fragment.type)) return undefined;
    const message = new PartialMessage(fragment);
    this.messages.push(message);
    return message;
  }
}

/** Maximum number of messages buffered ahead. A flight of the longest handshake has fewer. */
const mostAhead = 8;
/** Maximum bytes of messages buffered ahead. */
const mostBytes = 0x20000;

class PartialMessage {
  readonly type: number;
  readonly sequence: number;
  /** The message with its header. */
  readonly bytes: Uint8Array;
  private readonly length: number;
  /** One bit per received byte of the body. */
  private readonly there: Uint8Array;
  private missing: number;

  constructor(fragment: Fragment) {
    this.type = fragment.type;
    this.sequence = fragment.sequence;
    this.length = fragment.length;
    this.bytes = new Uint8Array(fragmentHeaderLength + fragment.length);
    this.bytes.set(fragmentHeader(fragment));
    this.there = new Uint8Array(Math.ceil(fragment.length / 8));
    this.missing = fragment.length;
  }

  get whole(): boolean {
    return this.missing === 0;
  }

  /** False for a fragment of another message. Received bytes stay: a later fragment does not change them. */
  add({ type, length, offset, body }: Fragment): boolean {
    if (type !== this.type || length !== this.length) return false;
    for (let at = offset; at < offset + body.length; at++) {
      const bit = 1 << (at & 7);
      if (((this.there[at >> 3] as number) & bit) !== 0) continue;
      this.there[at >> 3] = (this.there[at >> 3] as number) | bit;
      this.bytes[fragmentHeaderLength + at] = body[at - offset] as number;
      this.missing--;
    }
    return true;
  }
}

function uint24(bytes: Uint8Array, at: number): number {
  return (((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number)) >>> 0;
}

function putUint24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 16;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value;
}
