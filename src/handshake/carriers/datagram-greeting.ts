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
  /** Newest first. */
  readonly keys: readonly Uint8Array[];
}

/** A hello at the start of a datagram; its bytes are views. */
interface GreetedHello {
  /** The header of its record. */
  readonly header: Uint8Array;
  /** The message, or its first fragment, with the header. */
  readonly message: Uint8Array;
  /** The client's random value. It differs between hellos of one client, but not between retransmissions of one. */
  readonly random: Uint8Array;
}

/** The answer to a datagram of an unknown peer. */
export type DatagramGreeted =
  /** The sender's address is not verified: a HelloVerifyRequest asks for a cookie (RFC 6347 section 4.2.1). */
  | { readonly what: 'reply'; readonly hello: GreetedHello; readonly header: Uint8Array; readonly message: Uint8Array }
  /** The cookie is valid. */
  | { readonly what: 'start'; readonly hello: GreetedHello }
  /** The datagram holds a fragment of a hello, which is too little for an answer. */
  | { readonly what: 'part' }
  /** The datagram holds no hello. */
  | { readonly what: 'drop' };

/**
 * Answers a datagram without keeping state. An invalid cookie counts as none, as RFC 6347 requires: the key may have
 * changed meanwhile.
 */
export function greetDatagram({ datagram, peer, keys }: DatagramGreeting): DatagramGreeted {
  const [record] = recordsOf(datagram);
  const fragment = record && helloIn(record);
  if (record === undefined || fragment === undefined) return drop;
  const start = fragment.offset === 0 ? startOf(fragment.body) : undefined;
  if (start === undefined) return fragment.body.length < fragment.length ? part : drop;
  const message = record.body.subarray(0, fragmentHeaderLength + fragment.body.length);
  const hello = { header: record.header, message, random: start.random };
  if (start.cookie.length > 0 && keys.some((key) => constantTimeEqual(cookieOf(start, peer, key), start.cookie)))
    return { what: 'start', hello };
  const [newest] = keys;
  if (newest === undefined) throw new Error('no key for cookies');
  return { what: 'reply', hello, ...request(record, fragment, cookieOf(start, peer, newest)) };
}

const drop: DatagramGreeted = { what: 'drop' };
const part: DatagramGreeted = { what: 'part' };

/** A hello, or a fragment of one. The first fragment is answered if it contains all that the cookie covers. */
function helloIn({ type, version, epoch, body }: DatagramRecord): Fragment | undefined {
  if (type !== ContentType.handshake || version >>> 8 !== Version.DTLSv1 >>> 8 || epoch !== 0) return undefined;
  const [fragment] = fragmentsOf(body);
  return fragment?.type === ClientHello.type ? fragment : undefined;
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

/** The cookie covers the peer's address and the fields that stay the same in the second hello. */
function cookieOf({ version, random, sessionId }: HelloStart, peer: string, key: Uint8Array): Uint8Array {
  const versionBytes = Uint8Array.of(version >>> 8, version);
  return hmac('sha256', key, versionBytes, random, sessionId, Buffer.from(peer)).subarray(0, cookieLength);
}

/** Bytes, as in the reference. */
const cookieLength = 20;

/**
 * Repeats the sequence numbers of the hello; its version does not determine the negotiated one (RFC 6347 section
 * 4.2.1).
 */
function request({ sequence }: DatagramRecord, hello: Fragment, cookie: Uint8Array) {
  const value = { serverVersion: Version.DTLSv1, cookie };
  const body = encodeMessage(HelloVerifyRequest, value, { version: Version.DTLSv1 }).subarray(streamHeaderLength);
  const { type } = HelloVerifyRequest;
  const message = Buffer.concat([fragmentHeader({ type, length: body.length, sequence: hello.sequence }), body]);
  const record = { type: ContentType.handshake, version: Version.DTLSv1, epoch: 0, sequence };
  return { header: datagramHeader(record, message.length), message };
}

/** Bytes of a message header in TLS. */
const streamHeaderLength = 4;
