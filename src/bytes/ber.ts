import { der, elementAt, Tag } from './der.ts';
import { Malformed } from './malformed.ts';

/**
 * withDefiniteLengths re-encodes the first element of a text in Basic Encoding Rules (X.690 section 8) for our DER
 * readers: lengths become definite and minimal, and an OCTET STRING in parts becomes one. Other contents are copied
 * unchanged.
 * @throws {Malformed} also for more than 8 MiB, 100000 elements or 40 levels
 */
export function withDefiniteLengths(bytes: Uint8Array): Uint8Array {
  if (bytes.length > mostBytes) throw new Malformed('too long');
  return new Rewriter(bytes).element(bytes.length, 0);
}

const mostBytes = 8 * 1024 * 1024;
const mostElements = 100_000;
const mostLevels = 40;

const constructed = 0x20;
const endOfContents = 0;

class Rewriter {
  private readonly bytes: Uint8Array;
  private at = 0;
  private elements = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  element(end: number, level: number): Uint8Array {
    if (++this.elements > mostElements) throw new Malformed('too many elements');
    if (level > mostLevels) throw new Malformed('too deep');
    const tag = this.byte(end);
    if ((tag & 0x1f) === 0x1f) throw new Malformed(`tag ${tag} not supported`);
    const length = this.length(end);
    if ((tag & constructed) === 0) return der(tag, this.contents(length));
    const children = length === undefined ? this.untilEnd(end, level) : this.within(this.at + length, level);
    return tag === (Tag.octetString | constructed)
      ? der(Tag.octetString, ...children.map(piece))
      : der(tag, ...children);
  }

  private contents(length: number | undefined): Uint8Array {
    if (length === undefined) throw new Malformed('BER length not supported');
    const start = this.at;
    this.at += length;
    return this.bytes.subarray(start, this.at);
  }

  private within(end: number, level: number): Uint8Array[] {
    const children: Uint8Array[] = [];
    while (this.at < end) children.push(this.element(end, level + 1));
    return children;
  }

  private untilEnd(end: number, level: number): Uint8Array[] {
    const children: Uint8Array[] = [];
    while (this.bytes[this.at] !== endOfContents) children.push(this.element(end, level + 1));
    this.at++;
    if (this.byte(end) !== 0) throw new Malformed('contents do not end');
    return children;
  }

  /** The length, or undefined for the indefinite form. */
  private length(end: number): number | undefined {
    const first = this.byte(end);
    if (first === 0x80) return undefined;
    let length = first;
    if (first > 0x80) {
      length = 0;
      for (let left = first & 0x7f; left > 0; left--) {
        length = length * 256 + this.byte(end);
        if (length > mostBytes) throw new Malformed('BER element cut short');
      }
    }
    if (length > end - this.at) throw new Malformed('BER element cut short');
    return length;
  }

  private byte(end: number): number {
    const byte = this.at < end ? this.bytes[this.at++] : undefined;
    if (byte === undefined) throw new Malformed('BER element cut short');
    return byte;
  }
}

/** piece returns the bytes that one part of an OCTET STRING contributes to it. */
function piece(element: Uint8Array): Uint8Array {
  const { tag, body } = elementAt(element, 0);
  if (tag !== Tag.octetString) throw new Malformed(`tag ${tag} inside a string`);
  return body;
}
