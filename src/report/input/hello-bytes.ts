import type { Transported } from '../../facts/received-hello.ts';
import { type Fragment, fragmentHeader, fragmentsOf } from '../../handshake/carriers/datagram-assembly.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import { ContentType } from '../../names/content-types.ts';
import { recordsOf } from '../../record/datagram-record.ts';
import { Pieces } from './pieces.ts';

/** Found is a handshake message with its header, or a sentence about why it is not whole. */
export type Found = { readonly message: Uint8Array; readonly transport: Transported } | { readonly fault: string };

/** Longest body of a ClientHello, in bytes. */
const longestHello = 0x20000;

/**
 * helloInStream finds the hello at the beginning of what a client sends over TCP, or the message without record header;
 * undefined for bytes that begin otherwise.
 */
export function helloInStream(bytes: Uint8Array): Found | undefined {
  const [first, second, third] = bytes;
  if (first === ContentType.handshake && second === 3) return wholeMessage(recordBodies(bytes));
  if (first !== undefined && first >= 0x80 && third === ClientHello.type) return sslv2Message(bytes);
  if (first === ClientHello.type && !isFragment(bytes)) return wholeMessage(bytes);
  return undefined;
}

/** helloInDatagrams joins the fragments of the first hello in DTLS; undefined for datagrams without any. */
export function helloInDatagrams(datagrams: readonly Uint8Array[]): Found | undefined {
  const fragments = datagrams.flatMap(helloFragments);
  const [first] = fragments;
  if (first === undefined) return undefined;
  if (first.length > longestHello) return tooLong(first.length);
  const pieces = new Pieces();
  for (const { sequence, length, offset, body } of fragments) {
    if (sequence === first.sequence && length === first.length) pieces.add(offset, body);
  }
  const body = pieces.joined(0);
  if (body.length < first.length) return incomplete(body.length, first.length);
  const message = Buffer.concat([fragmentHeader(first), body.subarray(0, first.length)]);
  return { message, transport: 'datagrams' };
}

/** helloFragments are those of records in clear, or of a message without record header. */
function helloFragments(datagram: Uint8Array): Fragment[] {
  const contents = isFragment(datagram)
    ? [datagram]
    : recordsOf(datagram)
        .filter(({ type, epoch }) => type === ContentType.handshake && epoch === 0)
        .map(({ body }) => body);
  return contents.flatMap(fragmentsOf).filter(({ type }) => type === ClientHello.type);
}

/** isFragment recognizes the header of DTLS: it gives the length of the message twice, or that of a part of it. */
function isFragment(bytes: Uint8Array): boolean {
  const [fragment] = bytes[0] === ClientHello.type ? fragmentsOf(bytes) : [];
  return fragment !== undefined && fragment.body.length > 0 && fragment.sequence <= mostHellos;
}

/** The sequence numbers that a client's hellos can have: a first one, and one with a cookie. */
const mostHellos = 2;

function wholeMessage(bytes: Uint8Array): Found {
  const [type = 0, high = 0, middle = 0, low = 0] = bytes;
  if (bytes.length < headerLength) return { fault: 'it ends inside the header of the handshake message' };
  if (type !== ClientHello.type) return { fault: `its first handshake message has type ${type}, a ClientHello has 1` };
  const length = (high << 16) | (middle << 8) | low;
  if (length > longestHello) return tooLong(length);
  if (bytes.length - headerLength < length) return incomplete(bytes.length - headerLength, length);
  return { message: bytes.subarray(0, headerLength + length), transport: 'streams' };
}

/** sslv2Message is a hello in the form of SSL 2.0 (RFC 5246 appendix E.2), after its length of two bytes. */
function sslv2Message(bytes: Uint8Array): Found {
  const [high = 0, low = 0] = bytes;
  const length = ((high & 0x7f) << 8) | low;
  if (bytes.length - 2 < length) return incomplete(bytes.length - 2, length);
  return { message: bytes.subarray(2, 2 + length), transport: 'streams' };
}

/** recordBodies joins handshake records up to the first other one. */
function recordBodies(bytes: Uint8Array): Uint8Array {
  const bodies: Uint8Array[] = [];
  let total = 0;
  for (let at = 0; at + recordHeaderLength <= bytes.length && total < headerLength + longestHello; ) {
    const [type, major, , high = 0, low = 0] = bytes.subarray(at, at + recordHeaderLength);
    if (type !== ContentType.handshake || major !== 3) break;
    const start = at + recordHeaderLength;
    at = start + ((high << 8) | low);
    bodies.push(bytes.subarray(start, at));
    total += bodies.at(-1)?.length ?? 0;
  }
  return Buffer.concat(bodies);
}

function incomplete(there: number, length: number): Found {
  return { fault: `it ends inside the ClientHello: ${there} of ${length} bytes are there` };
}

function tooLong(length: number): Found {
  return { fault: `its ClientHello has ${length} bytes, more than ${longestHello}` };
}

const headerLength = 4;
const recordHeaderLength = 5;
