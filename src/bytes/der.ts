import { Malformed } from './malformed.ts';

/** Tags of Distinguished Encoding Rules (X.690), only those that sessions and self-made certificates need. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

export function der(tag: number, ...contents: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of contents) length += part.length;
  const size = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  const element = Buffer.allocUnsafe(2 + size + length);
  element[0] = tag;
  element[1] = size === 0 ? length : 0x80 | size;
  for (let i = 0; i < size; i++) element[2 + i] = length >> (8 * (size - 1 - i));
  let at = 2 + size;
  for (const part of contents) {
    element.set(part, at);
    at += part.length;
  }
  return element;
}

export const sequence = (...items: Uint8Array[]): Uint8Array => der(Tag.sequence, ...items);
export const octetString = (bytes: Uint8Array): Uint8Array => der(Tag.octetString, bytes);
/** `[number] EXPLICIT` */
export const tagged = (number: number, item: Uint8Array): Uint8Array => der(0xa0 | number, item);

/** INTEGER from a number of at most 53 bits. */
export function integer(value: number): Uint8Array {
  const digits: number[] = [];
  for (let left = value; left > 0 || digits.length === 0; left = Math.floor(left / 256)) digits.unshift(left % 256);
  return unsignedInteger(Uint8Array.from(digits));
}

/** INTEGER from its unsigned big-endian bytes. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  return der(Tag.integer, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const body: number[] = [];
  for (const arc of [first * 40 + second, ...others]) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left % 128) | 0x80);
    body.push(...septets);
  }
  return der(Tag.objectIdentifier, Buffer.from(body));
}

/** One element of a text. */
export interface Element {
  readonly tag: number;
  /** The contents, without the two zero bytes that end an indefinite length. */
  readonly body: Uint8Array;
  /** Offset of the next element. */
  readonly end: number;
}

/**
 * Reads the element at an offset. Its length may have any form of the Basic Encoding Rules (X.690 section 8.1.3), as in
 * OpenSSL.
 * @throws {Malformed} when the element is cut short, longer than 16 MiB, or nested in more than 40 indefinite lengths
 */
export function elementAt(bytes: Uint8Array, at: number, level = 0): Element {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new Malformed('DER element cut short');
  if (first === indefinite && (tag & constructed) !== 0) return elementToItsEnd(bytes, at, level);
  const start = at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  const end = start + (first < 0x80 ? first : longLength(bytes, at + 2, start));
  if (end > bytes.length) throw new Malformed('DER element cut short');
  return { tag, body: bytes.subarray(start, end), end };
}

const constructed = 0x20;
const indefinite = 0x80;
const mostLevels = 40;

function longLength(bytes: Uint8Array, at: number, end: number): number {
  if (end === at || end > at + 8) throw new Malformed('DER length not supported');
  let length = 0;
  for (; at < end; at++) {
    const digit = bytes[at];
    if (digit === undefined) throw new Malformed('DER element cut short');
    length = length * 256 + digit;
  }
  if (length >= 1 << 24) throw new Malformed('DER length not supported');
  return length;
}

/** Reads an element of indefinite length, which two zero bytes end. */
function elementToItsEnd(bytes: Uint8Array, start: number, level: number): Element {
  if (level > mostLevels) throw new Malformed('too deep');
  let at = start + 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) at = elementAt(bytes, at, level + 1).end;
  return { tag: bytes[start] ?? 0, body: bytes.subarray(start + 2, at), end: at + 2 };
}

/** The elements inside a constructed one. */
export function elementsOf(body: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < body.length; ) {
    const element = elementAt(body, at);
    found.push(element);
    at = element.end;
  }
  return found;
}
