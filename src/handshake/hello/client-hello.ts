import { Malformed } from '../../bytes/malformed.ts';
import { decode } from '../../bytes/wire.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import { extensionKind } from '../../messages/extensions/index.ts';
import { preSharedKey } from '../../messages/extensions/pre-shared-key.ts';
import { useSrtp } from '../../messages/extensions/use-srtp.ts';
import { splitMessage } from '../../messages/message.ts';
import { cutsSslv2Suite, sslv2ClientHello } from '../../messages/sslv2-client-hello.ts';
import { emptyRenegotiationInfoScsv, fallbackScsv } from '../../names/cipher-suites.ts';
import { extensionDebugName } from '../../names/extensions.ts';
import { Problem } from '../../names/problems.ts';
import type { EchOutcome } from '../flow/ech-outcome.ts';
import type { Flow, Handshake, Incoming } from '../flow/flow.ts';
import { receiveOneOf } from '../flow/receive.ts';
import { allowsCompression } from '../policy/security-level.ts';
import { openEncryptedHello } from './encrypted-hello.ts';

/** Hello is a parsed ClientHello, as far as all versions agree. */
export interface Hello {
  readonly message: ClientHello;
  /** The bytes that the transcript hashes, a copy; of a decrypted hello the inner one. */
  readonly bytes: Uint8Array;
  readonly extensions: ReadonlyMap<number, Uint8Array>;
  /** True when nothing follows it in its record. */
  readonly endsRecord: boolean;
  readonly signalsRenegotiationInfo: boolean;
  readonly signalsFallback: boolean;
  /** True for the format of SSL 2.0, which resumes nothing. */
  readonly sslv2: boolean;
  /** The list of suites ends within one, which is left out. */
  readonly cutsSuite: boolean;
  /** Undefined without support for encrypted hellos. */
  readonly ech?: EchOutcome;
}

/** Receives a ClientHello and checks its form. */
export function* receiveClientHello(flow: Flow): Handshake<Hello> {
  const incoming = yield* receiveOneOf(flow, ClientHello.type);
  const { message, bytes, cutsSuite } = readHello(flow, incoming);
  return {
    message,
    bytes,
    cutsSuite,
    extensions: collectExtensions(flow, message.extensions ?? []),
    endsRecord: incoming.endsRecord,
    signalsRenegotiationInfo: message.cipherSuites.includes(emptyRenegotiationInfoScsv),
    signalsFallback: message.cipherSuites.includes(fallbackScsv),
    sslv2: incoming.sslv2 === true,
    ...(flow.ech && { ech: flow.ech.outcome }),
  };
}

/** Decodes a hello. A decrypted inner hello replaces the outer one. */
function readHello(flow: Flow, incoming: Incoming): Pick<Hello, 'message' | 'bytes' | 'cutsSuite'> {
  const bytes = Uint8Array.from(incoming.bytes);
  if (incoming.sslv2) return { ...decodeSslv2(bytes), bytes };
  const body = bytes.subarray(bytes.length - incoming.body.length);
  const { message, cutsSuite } = decodeHello(flow, body);
  const inner = openEncryptedHello(flow, { message, body });
  if (inner === undefined) return { message, bytes, cutsSuite };
  refuseRepetitions(message.extensions ?? []);
  flow.transcript.replaceLast(inner);
  flow.tell.note?.('innerHello', { message: inner });
  return { ...decodeHello(flow, splitMessage(inner).body), bytes: inner };
}

/** Checks the outer extensions, which nothing else reads. @throws {Problem} */
function refuseRepetitions(extensions: readonly Extension[]): void {
  const types = new Set(extensions.map(({ type }) => type));
  if (types.size === extensions.length) return;
  throw new Problem('badExtension', 'tls_collect_extensions', { alert: 'illegal_parameter' });
}

/** @throws {Problem} also for a client that supports nothing but SSL 2.0 */
function decodeSslv2(bytes: Uint8Array): DecodedHello {
  const decoded = sslv2Hello(bytes);
  if (decoded.message.legacyVersion >>> 8 !== 3)
    throw new Problem('unknownProtocol', 'tls_early_post_process_client_hello');
  return decoded;
}

type DecodedHello = Pick<Hello, 'message' | 'cutsSuite'>;

function sslv2Hello(bytes: Uint8Array): DecodedHello {
  try {
    return { message: sslv2ClientHello(bytes), cutsSuite: cutsSslv2Suite(bytes) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Problem('recordLengthMismatch', 'tls_process_client_hello', { bytes });
  }
}

function decodeHello(flow: Flow, body: Uint8Array): DecodedHello {
  const whole = withoutCutSuite(flow, body);
  try {
    return { message: decode(ClientHello.wire(flow.context), whole), cutsSuite: whole !== body };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const insideExtensions = error.path[0] === 'extensions' && error.path.length > 1;
    if (insideExtensions) throw new Problem('badExtension', 'tls_collect_extensions', { bytes: body });
    throw new Problem('lengthMismatch', 'tls_process_client_hello', { bytes: body });
  }
}

/** The same body where the list of suites has no odd byte at its end, or is not there. */
function withoutCutSuite({ context }: Flow, body: Uint8Array): Uint8Array {
  const sessionId = 34;
  const cookie = sessionId + 1 + (body[sessionId] ?? 0);
  const list = context.datagrams ? cookie + 1 + (body[cookie] ?? 0) : cookie;
  const [high = 0, low = 0] = body.subarray(list);
  const length = high * 0x100 + low;
  const end = list + 2 + length;
  if (length % 2 === 0 || end > body.length) return body;
  return Buffer.concat([
    body.subarray(0, list),
    Uint8Array.of(high, low - 1),
    body.subarray(list + 2, end - 1),
    body.subarray(end),
  ]);
}

/**
 * Each extension may occur once, an unknown one more often unless the settings are strict; pre_shared_key must be last
 * (RFC 8446 sections 4.2 and 4.2.11).
 */
function collectExtensions(flow: Flow, extensions: readonly Extension[]): Map<number, Uint8Array> {
  const { strict, datagrams } = flow.settings;
  const collected = new Map<number, Uint8Array>();
  for (const [index, { type, body }] of extensions.entries()) {
    const isKnown = extensionKind(type) !== undefined;
    const isRepeated = collected.has(type) && (isKnown || strict === true);
    // SRTP is for DTLS only, as in the reference; RFC 8446 section 4.1.2 ignores what is not understood.
    const isOfDatagrams = type === useSrtp.code && datagrams === undefined && strict !== true;
    const isMisplaced = isOfDatagrams || (type === preSharedKey.code && index !== extensions.length - 1);
    flow.insist(!isRepeated && !isMisplaced, 'badExtension', 'tls_collect_extensions', {
      alert: isKnown ? 'illegal_parameter' : 'decode_error',
      bytes: body,
    });
    if (!collected.has(type)) collected.set(type, body);
  }
  if (flow.tell.extension !== undefined) {
    for (const { type, body } of extensions) {
      const isKnown = extensionKind(type) !== undefined && extensionDebugName(type) !== undefined;
      if (isKnown) flow.tell.extension('read', type, body);
    }
  }
  return collected;
}

/** Checks a hello before anything is chosen. @throws {Problem} */
export function checkOffers(flow: Flow, { message, cutsSuite }: Hello): void {
  flow.insist(!cutsSuite, 'errorInReceivedCipherList', 'ssl_cache_cipherlist');
  if (message.cipherSuites.length === 0) throw new Problem('noCiphersSpecified', 'ssl_cache_cipherlist');
}

/** Checks that null compression is offered (RFC 5246 section 7.4.1.2, RFC 8446 section 4.1.2). */
export function checkCompression(flow: Flow, { message }: Hello): void {
  const offersNull = message.compressionMethods.includes(0);
  flow.insist(offersNull, 'noCompressionSpecified', 'tls_early_post_process_client_hello', {
    ...(flow.settings.strict && { alert: 'illegal_parameter' }),
  });
}

/** The number of DEFLATE (RFC 3749). */
export const deflate = 1;

/** True when the client offers DEFLATE and we allow it. */
export function offersDeflate({ settings }: Flow, { message }: Hello): boolean {
  // A lost record would break the DEFLATE stream.
  const possible = settings.compression === true && settings.datagrams === undefined;
  const allowed = possible && allowsCompression(settings.securityLevel);
  return allowed && message.compressionMethods.includes(deflate);
}
