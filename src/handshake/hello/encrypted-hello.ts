import { Malformed } from '../../bytes/malformed.ts';
import { decode, rest, struct } from '../../bytes/wire.ts';
import { type HpkeReceiver, setUpReceiver } from '../../crypto/hpke.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import { echInfo } from '../../messages/ech-config.ts';
import { echOuterExtensions } from '../../messages/extensions/ech-outer-extensions.ts';
import {
  EchClientHelloType,
  encryptedClientHello,
  type OuterClientHello,
} from '../../messages/extensions/encrypted-client-hello.ts';
import { decodeExtension, type Extension, findExtension } from '../../messages/extensions/extension.ts';
import { serverName } from '../../messages/extensions/server-name.ts';
import { supportedVersions } from '../../messages/extensions/supported-versions.ts';
import { encodeMessage } from '../../messages/message.ts';
import { Problem, type ProblemDetails } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { EchKey } from '../../x509/files/ech-keys.ts';
import type { EchState } from '../flow/ech-outcome.ts';
import type { Flow } from '../flow/flow.ts';

/** A received ClientHello: `message` has views on `body`. */
export interface OuterHello {
  readonly message: ClientHello;
  readonly body: Uint8Array;
}

const where = 'ossl_ech_early_decrypt';

/**
 * Decrypts the inner ClientHello (RFC 9849 section 7.1), a whole message with its header, which replaces the outer one
 * from here on; undefined when there is none, or none that we can decrypt. Stores the result in `flow`.
 * @throws {Problem} when the decrypted hello, or the second hello, breaks a rule
 */
export function openEncryptedHello(flow: Flow, outer: OuterHello): Uint8Array | undefined {
  if (flow.previous !== undefined || !servesTls13(flow)) return undefined;
  if (flow.ech?.accepted !== undefined) return openSecond(flow, outer, flow.ech.accepted);
  if (isBackend(flow, outer)) {
    flow.ech = { outcome: { outcome: 'backend' } };
    return undefined;
  }
  if (flow.settings.ech === undefined && flow.ech === undefined) return undefined;
  const offer = outerOffer(outer);
  if (offer === undefined) {
    flow.ech = { outcome: { outcome: 'notOffered' } };
    return undefined;
  }
  const { configId } = offer;
  // A second hello is only decrypted when the first was accepted.
  const opened = flow.ech === undefined ? decrypt(flow, outer, offer) : undefined;
  if (opened === undefined) {
    flow.ech = { outcome: { outcome: 'rejected', configId } };
    return undefined;
  }
  const name = outerName(outer);
  flow.ech = {
    outcome: { outcome: 'accepted', configId, ...(name && { outerServerName: name }) },
    accepted: { receiver: opened.receiver, offer: kept(offer) },
  };
  return innerHello(flow, outer, opened.encoded);
}

/** Without TLS 1.3 there is no way to confirm it to the client. */
function servesTls13({ settings }: Flow): boolean {
  const tls13 = Version['TLSv1.3'];
  return settings.maxVersion >= tls13 && !settings.disabledVersions.has(tls13);
}

/**
 * True when the hello is marked as the inner one: a server in front of us has decrypted it, and we only confirm it (RFC
 * 9849 section 7.2). That needs no keys.
 * @throws {Problem} when the second hello differs in this from the first
 */
function isBackend({ ech }: Flow, { message }: OuterHello): boolean {
  const wasInner = ech?.outcome.outcome === 'backend';
  if (ech !== undefined && !wasInner) return false;
  const body = message.extensions?.find(({ type }) => type === encryptedClientHello.code)?.body;
  const isInner = body?.length === 1 && body[0] === EchClientHelloType.inner;
  if (wasInner && !isInner) throw refused(body === undefined ? 'missing_extension' : 'illegal_parameter');
  return isInner;
}

/** RFC 9849 section 7.1.1 */
function openSecond(flow: Flow, outer: OuterHello, { receiver, offer: first }: NonNullable<EchState['accepted']>) {
  const offer = outerOffer(outer);
  if (offer === undefined) throw refused('missing_extension');
  const { cipherSuite, configId } = first;
  const unchanged =
    offer.configId === configId &&
    offer.cipherSuite.kdf === cipherSuite.kdf &&
    offer.cipherSuite.aead === cipherSuite.aead &&
    offer.enc.length === 0;
  flow.insist(unchanged, 'badExtension', where, { alert: 'illegal_parameter' });
  const encoded = receiver.open(additionalData(outer, offer), offer.payload);
  if (encoded === undefined) throw refused('decrypt_error');
  return innerHello(flow, outer, encoded);
}

/**
 * The offer in an outer hello. Besides the inner form that is alone in its extension only the outer one may be on the
 * wire.
 * @throws {Problem}
 */
function outerOffer({ message }: OuterHello): OuterClientHello | undefined {
  const found = message.extensions?.find(({ type }) => type === encryptedClientHello.code);
  if (found === undefined) return undefined;
  const type: number | undefined = found.body[0];
  if (type !== undefined && type !== EchClientHelloType.outer) throw refused('illegal_parameter');
  try {
    const offer = decodeExtension(encryptedClientHello, 'clientHello', found.body);
    return offer.type === EchClientHelloType.outer ? offer.value : undefined;
  } catch (error) {
    if (error instanceof Malformed) throw refused('decode_error');
    throw error;
  }
}

interface Opened {
  readonly receiver: HpkeReceiver;
  readonly encoded: Uint8Array;
}

/** Tries the keys with the client's identifier; with `-ech_trialdecrypt` then the others too. */
function decrypt({ settings: { ech } }: Flow, outer: OuterHello, offer: OuterClientHello): Opened | undefined {
  if (ech === undefined) return undefined;
  const named = ech.keys.filter(({ contents }) => contents.configId === offer.configId);
  const others = ech.trialDecryption ? ech.keys.filter((key) => !named.includes(key)) : [];
  const data = additionalData(outer, offer);
  for (const key of [...named, ...others]) {
    const receiver = receiverFor(key, offer);
    const encoded = receiver?.open(data, offer.payload);
    if (receiver !== undefined && encoded !== undefined) return { receiver, encoded };
  }
  return undefined;
}

function receiverFor({ config, contents, privateKey }: EchKey, offer: OuterClientHello): HpkeReceiver | undefined {
  const { kdf, aead } = offer.cipherSuite;
  if (!contents.cipherSuites.some((it) => it.kdf === kdf && it.aead === aead)) return undefined;
  const suite = { kem: contents.kem, kdf, aead };
  return setUpReceiver({ suite, privateKey, encapsulated: offer.enc, info: echInfo(config) });
}

/** The outer hello with zeros for the ciphertext (RFC 9849 section 5.2). */
function additionalData({ body }: OuterHello, { payload }: OuterClientHello): Uint8Array {
  const at = payload.byteOffset - body.byteOffset;
  return Uint8Array.from(body).fill(0, at, at + payload.length);
}

/** Reconstructs the inner hello from the decrypted part and the outer extensions (RFC 9849 section 5.1). */
function innerHello(flow: Flow, outer: OuterHello, encoded: Uint8Array): Uint8Array {
  const { hello, zeros } = decodeEncoded(flow, encoded);
  const details: ProblemDetails = { alert: 'illegal_parameter', bytes: encoded };
  flow.insist(
    zeros.every((byte) => byte === 0),
    'badExtension',
    where,
    details,
  );
  flow.insist(hello.sessionId.length === 0, 'badExtension', where, details);
  const extensions = withOuterExtensions(hello.extensions ?? [], outer.message.extensions ?? []);
  checkInner(flow, extensions, details);
  return encodeMessage(ClientHello, { ...hello, sessionId: outer.message.sessionId, extensions }, flow.context);
}

/** Decodes the plaintext: a ClientHello without a header, and padding. @throws {Problem} */
function decodeEncoded({ context }: Flow, encoded: Uint8Array) {
  try {
    return decode(struct({ hello: ClientHello.wire(context), zeros: rest }), encoded);
  } catch (error) {
    if (error instanceof Malformed) throw refused('decode_error', encoded);
    throw error;
  }
}

/**
 * Replaces references by the outer extensions. These have the same order, so that one pass finds them and none counts
 * twice (RFC 9849 appendix A).
 * @throws {Problem}
 */
function withOuterExtensions(inner: readonly Extension[], outer: readonly Extension[]): readonly Extension[] {
  const at = inner.findIndex(({ type }) => type === echOuterExtensions.code);
  const reference = inner[at];
  if (reference === undefined) return inner;
  const taken: Extension[] = [];
  let next = 0;
  for (const type of namedIn(reference)) {
    while (next < outer.length && outer[next]?.type !== type) next++;
    const found = outer[next++];
    if (found === undefined || type === encryptedClientHello.code) throw refused('illegal_parameter');
    taken.push(found);
  }
  const whole = [...inner.slice(0, at), ...taken, ...inner.slice(at + 1)];
  const size = whole.reduce((sum, { body }) => sum + headerLength + body.length, 0);
  if (size > longest) throw refused('illegal_parameter');
  return whole;
}

/** Bytes: type and length of an extension, and the maximum length of all of them. */
const headerLength = 4;
const longest = 65535;

function namedIn({ body }: Extension): readonly number[] {
  try {
    return decodeExtension(echOuterExtensions, 'clientHello', body);
  } catch (error) {
    if (error instanceof Malformed) throw refused('decode_error', body);
    throw error;
  }
}

/** Checks that the hello is marked as inner, lists versions, and contains no reference. @throws {Problem} */
function checkInner(flow: Flow, extensions: readonly Extension[], details: ProblemDetails): void {
  const isInner = readOrUndefined(() => findExtension(encryptedClientHello, 'clientHello', extensions));
  if (isInner?.type !== EchClientHelloType.inner) throw new Problem('badExtension', where, details);
  const versions = readOrUndefined(() => findExtension(supportedVersions, 'clientHello', extensions)) ?? [];
  if (versions.length === 0) throw new Problem('badExtension', where, details);
  const isWhole = !extensions.some(({ type }) => type === echOuterExtensions.code);
  flow.insist(isWhole, 'badExtension', where, details);
}

/** The outer name, for the log; malformed ones are ignored here. */
function outerName({ message }: OuterHello): Uint8Array | undefined {
  const names = readOrUndefined(() => findExtension(serverName, 'clientHello', message.extensions ?? []));
  const [first] = names ?? [];
  return first && Uint8Array.from(first.name);
}

function readOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** A copy without the long parts, which are views on the message. */
function kept(offer: OuterClientHello): OuterClientHello {
  const none = new Uint8Array(0);
  return { ...offer, enc: none, payload: none };
}

function refused(alert: NonNullable<ProblemDetails['alert']>, bytes?: Uint8Array): Problem {
  return new Problem('badExtension', where, { alert, ...(bytes && { bytes }) });
}
