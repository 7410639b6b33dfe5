import { decode, opaque, rest, struct, u16, bytes as wireBytes } from '../../bytes/wire.ts';
import { constantTimeEqual, hmac } from '../../crypto/primitives/hash.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import { HelloVerifyRequest } from '../../messages/hello-verify-request.ts';
import { encodeMessage } from '../../messages/message.ts';
import { ContentType } from '../../names/content-types.ts';
import { Version } from '../../names/versions.ts';
import { type DatagramRecord, datagramHeader, recordsOf } from '../../record/datagram-record.ts';
import { type Fragment, fragmentHeader, fragmentHeaderLength, fragmentsOf } from './datagram-assembly.ts';

export interface DatagramGreeting {
  readonly datagram: Uint8Array;
  /** The client's address and port. */
  readonly peer: string;
  /** The newest first. */
  readonly keys: readonly Uint8Array[];
}

/** A hello at the beginning of a datagram; its bytes are views. */
export interface GreetedHello {
  /** Of its record. */
  readonly header: Uint8Array;
  /** The message, or its first fragment, with its header. */
  readonly message: Uint8Array;
  /** Tells hellos of one client apart, and not the repetitions of one. */
  readonly random: Uint8Array;
}

/** What a datagram of an unknown peer is answered with. */
export type DatagramGreeted =
  /** Its sender is not known to be where it says: it is asked to come again with a cookie (RFC 6347 section 4.2.1). */
  | { readonly what: 'reply'; readonly hello: GreetedHello; readonly header: Uint8Array; readonly message: Uint8Array }
  /** It has come again. */
  | { readonly what: 'start'; readonly hello: GreetedHello }
  /** It is no hello. */
  | { readonly what: 'drop' };

/** Keeps nothing. A cookie that is wrong counts as none, as RFC 6347 asks: the key may have changed meanwhile. */
export function greetDatagram({ datagram, peer, keys }: DatagramGreeting): DatagramGreeted {
  const [record] = recordsOf(datagram);
  const fragment = record && helloIn(record);
  const start = fragment && startOf(fragment.body);
  if (record === undefined || fragment === undefined || start === undefined) return drop;
  const message = record.body.subarray(0, fragmentHeaderLength + fragment.body.length);
  const hello = { header: record.header, message, random: start.random };
  if (start.cookie.length > 0 && keys.some((key) => constantTimeEqual(cookieOf(start, peer, key), start.cookie)))
    return { what: 'start', hello };
  const [newest] = keys;
  if (newest === undefined) throw new Error('no key for cookies');
  return { what: 'reply', hello, ...request(record, fragment, cookieOf(start, peer, newest)) };
}

const drop: DatagramGreeted = { what: 'drop' };

/** A hello may come in fragments, as long as the first has all that a cookie depends on. */
function helloIn({ type, version, epoch, body }: DatagramRecord): Fragment | undefined {
  if (type !== ContentType.handshake || version >>> 8 !== Version.DTLSv1 >>> 8 || epoch !== 0) return undefined;
  const [fragment] = fragmentsOf(body);
  return fragment?.type === ClientHello.type && fragment.offset === 0 ? fragment : undefined;
}

type HelloStart = ReturnType<typeof decodeStart>;
const HelloStart = struct({
  version: u16,
  random: wireBytes(32),
  sessionId: opaque(0, 32),
  cookie: opaque(0, 255),
  offers: rest,
});

function decodeStart(body: Uint8Array) {
  return decode(HelloStart, body);
}

function startOf(body: Uint8Array): HelloStart | undefined {
  try {
    return decodeStart(body);
  } catch {
    return undefined;
  }
}

/** Bound to where the hello came from, and to what does not change when it comes again. */
function cookieOf({ version, random, sessionId }: HelloStart, peer: string, key: Uint8Array): Uint8Array {
  const versionBytes = Uint8Array.of(version >>> 8, version);
  return hmac('sha256', key, versionBytes, random, sessionId, Buffer.from(peer)).subarray(0, cookieLength);
}

/** As long as the reference's, in bytes. */
const cookieLength = 20;

/** It takes over the numbers of the hello; its version says nothing of what will be agreed on (RFC 6347 section 4.2.1). */
function request({ sequence }: DatagramRecord, hello: Fragment, cookie: Uint8Array) {
  const value = { serverVersion: Version.DTLSv1, cookie };
  const body = encodeMessage(HelloVerifyRequest, value, { version: Version.DTLSv1 }).subarray(streamHeaderLength);
  const { type } = HelloVerifyRequest;
  const message = Buffer.concat([fragmentHeader({ type, length: body.length, sequence: hello.sequence }), body]);
  const record = { type: ContentType.handshake, version: Version.DTLSv1, epoch: 0, sequence };
  return { header: datagramHeader(record, message.length), message };
}

/** In bytes, of a message on streams. */
const streamHeaderLength = 4;
