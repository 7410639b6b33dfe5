import { Malformed } from './malformed.ts';

/** Distinguished Encoding Rules (X.690), as much as we write ourselves: the session and the self-made certificate. */
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

/** One element of a DER text that we wrote ourselves or that has our own form (a saved session). */
export interface Element {
  readonly tag: number;
  readonly body: Uint8Array;
  /** Where the next element begins. */
  readonly end: number;
}

/** @throws {Malformed} when the element is cut short, or longer than 16 MiB. */
export function elementAt(bytes: Uint8Array, at: number): Element {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined) throw new Malformed('DER element cut short');
  let start = at + 2;
  if (length >= 0x80) {
    const size = length & 0x7f;
    if (size === 0 || size > 3) throw new Malformed('DER length not supported');
    length = 0;
    for (let i = 0; i < size; i++) {
      const digit = bytes[start++];
      if (digit === undefined) throw new Malformed('DER element cut short');
      length = length * 256 + digit;
    }
  }
  if (start + length > bytes.length) throw new Malformed('DER element cut short');
  return { tag, body: bytes.subarray(start, start + length), end: start + length };
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
