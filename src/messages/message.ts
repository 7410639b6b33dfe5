import { Malformed } from '../bytes/malformed.ts';
import { Sink } from '../bytes/sink.ts';
import { decode, type Wire } from '../bytes/wire.ts';
import type { KeyExchange } from '../names/cipher-suites.ts';
import { tlsVersionOf, Version } from '../names/versions.ts';

/** The facts besides its type that determine the form of a message. */
export interface MessageContext {
  /** The negotiated version, 0 if there is none yet; in DTLS that of DTLS, or of TLS with `datagrams`. */
  readonly version: number;
  /** True for DTLS, whatever the version says. */
  readonly datagrams?: boolean | undefined;
  readonly keyExchange?: KeyExchange | undefined;
  /** True when the suite signs no ServerKeyExchange: anonymous Diffie-Hellman, and SRP without certificates. */
  readonly anonymous?: boolean | undefined;
}

/** A handshake message (RFC 8446 section 4): its type on the wire, its name, and the form of its body. */
export interface Kind<T> {
  readonly type: number;
  readonly name: string;
  wire(context: MessageContext): Wire<T>;
}

export type MessageOf<K> = K extends Kind<infer T> ? T : never;

export function message<T>(
  type: number,
  name: string,
  wire: Wire<T> | ((context: MessageContext) => Wire<T>),
): Kind<T> {
  return { type, name, wire: typeof wire === 'function' ? wire : () => wire };
}

/** One message whose form changed with TLS 1.3. Values of the two forms differ in their fields. */
export function byVersion<A, B>(upTo12: Kind<A>, from13: Kind<B>): Kind<A | B> {
  return message<A | B>(from13.type, from13.name, (context) =>
    isTls13(context) ? from13.wire(context) : upTo12.wire(context),
  );
}

export function isTls13(context: MessageContext): boolean {
  return context.version === Version['TLSv1.3'];
}

/** True from TLS 1.2 and DTLS 1.2 on: signatures name their algorithm. */
export function hasSignatureAlgorithms(context: MessageContext): boolean {
  return tlsVersionOf(context.version) >= Version['TLSv1.2'];
}

/** The message with its header of four bytes: type, and length of the body. */
export function encodeMessage<T>(kind: Kind<T>, value: T, context: MessageContext): Uint8Array {
  const sink = new Sink();
  sink.uint(kind.type, 1);
  sink.prefixed(3, { min: 0, max: maxBody }, () => kind.wire(context).write(sink, value));
  return sink.done();
}

/**
 * The opposite of `encodeMessage`. The result holds views on `bytes`.
 * @throws {Malformed} also when the header names another type or another length.
 */
export function decodeMessage<T>(kind: Kind<T>, bytes: Uint8Array, context: MessageContext): T {
  const { type, body } = splitMessage(bytes);
  if (type !== kind.type) throw new Malformed(`message type ${type} where ${kind.type} is needed`);
  return decode(kind.wire(context), body);
}

/** Header and body of exactly one message. @throws {Malformed} */
export function splitMessage(bytes: Uint8Array): { readonly type: number; readonly body: Uint8Array } {
  const [type, high = 0, middle = 0, low = 0] = bytes;
  const body = bytes.subarray(4);
  if (type === undefined || bytes.length < 4 || body.length !== high * 0x10000 + middle * 0x100 + low) {
    throw new Malformed('not one whole handshake message');
  }
  return { type, body };
}

const maxBody = 0xffffff;
