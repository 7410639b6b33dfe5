import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { decode } from '../../bytes/wire.ts';
import { fragmentHeaderLength } from '../../handshake/carriers/datagram-assembly.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import { alpn } from '../../messages/extensions/alpn.ts';
import { type Extension, findExtension } from '../../messages/extensions/extension.ts';
import { extensionKind } from '../../messages/extensions/index.ts';
import { keyShare } from '../../messages/extensions/key-share.ts';
import { serverName } from '../../messages/extensions/server-name.ts';
import { signatureAlgorithms } from '../../messages/extensions/signature-algorithms.ts';
import { supportedGroups } from '../../messages/extensions/supported-groups.ts';
import { supportedVersions } from '../../messages/extensions/supported-versions.ts';
import { trustAnchors, trustAnchorText } from '../../messages/extensions/trust-anchors.ts';
import { sslv2ClientHello } from '../../messages/sslv2-client-hello.ts';
import { cipherSuite } from '../../names/cipher-suites.ts';
import { extensionTraceName } from '../../names/extensions.ts';
import { group } from '../../names/groups.ts';
import { signatureScheme } from '../../names/signature-schemes.ts';
import { Version, versionName } from '../../names/versions.ts';

/** A code point with its name, where it has one that we know. */
export interface Named {
  readonly code: number;
  readonly name: string | undefined;
}

/** A ClientHello as it came, taken apart. Lists are in the client's order; a missing extension is an empty list. */
export interface ReceivedHello {
  /** The handshake message as the transcript hashes it, with its header of four bytes, or of twelve on datagrams. */
  readonly raw: Uint8Array;
  /** The field of this name: in TLS 1.3 that of TLS 1.2, whatever is offered. */
  readonly legacyVersion: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuites: readonly Named[];
  readonly compressionMethods: readonly number[];
  readonly extensions: readonly (Named & { readonly body: Uint8Array })[];
  readonly serverName: string | undefined;
  readonly alpnProtocols: readonly string[];
  /** Of the extension `supported_versions`. */
  readonly versions: readonly Named[];
  readonly groups: readonly Named[];
  readonly signatureAlgorithms: readonly Named[];
  /** The groups that the client sent a share for. */
  readonly keyShares: readonly Named[];
  /** Identifiers of `trust_anchors` (draft-ietf-tls-trust-anchor-ids), such as `32473.1`. */
  readonly trustAnchors: readonly string[];
}

/** What a message came over, which decides its form. */
export type Transported = 'streams' | 'datagrams';

/** Undefined for a message that is no ClientHello. An extension that is malformed counts as missing. */
export function receivedHello(raw: Uint8Array, over: Transported = 'streams'): ReceivedHello | undefined {
  const message = over === 'streams' ? decodeMessage(raw) : decodeDatagramMessage(raw);
  if (message === undefined) return undefined;
  const extensions = message.extensions ?? [];
  return {
    raw,
    legacyVersion: message.legacyVersion,
    random: message.random,
    sessionId: message.sessionId,
    cipherSuites: message.cipherSuites.map(named((code) => cipherSuite(code)?.name)),
    compressionMethods: message.compressionMethods,
    extensions: extensions.map(({ type, body }) => ({ code: type, name: nameOfExtension(type), body })),
    ...extensionValues(extensions),
  };
}

function extensionValues(extensions: readonly Extension[]) {
  const names = unlessMalformed(() => findExtension(serverName, 'clientHello', extensions));
  const protocols = unlessMalformed(() => findExtension(alpn, 'clientHello', extensions));
  const versions = unlessMalformed(() => findExtension(supportedVersions, 'clientHello', extensions));
  const groups = unlessMalformed(() => findExtension(supportedGroups, 'clientHello', extensions));
  const schemes = unlessMalformed(() => findExtension(signatureAlgorithms, 'clientHello', extensions));
  const anchors = unlessMalformed(() => findExtension(trustAnchors, 'clientHello', extensions));
  const shares = unlessMalformed(() => findExtension(keyShare, 'clientHello', extensions));
  return {
    serverName: names?.map(({ name }) => latin1(name)).at(0),
    alpnProtocols: protocols?.map(latin1) ?? [],
    versions: versions?.map(named(nameOfVersion)) ?? [],
    groups: groups?.map(named(nameOfGroup)) ?? [],
    signatureAlgorithms: schemes?.map(named((code) => signatureScheme(code)?.name)) ?? [],
    keyShares: shares?.map((share) => share.group).map(named(nameOfGroup)) ?? [],
    trustAnchors: anchors?.map(trustAnchorText).filter((it) => it !== undefined) ?? [],
  };
}

/** On streams the form does not depend on a version. */
const context = { version: Version['TLSv1.2'] };
const headerLength = 4;

function decodeMessage(raw: Uint8Array): ClientHello | undefined {
  if (raw[0] !== ClientHello.type) return undefined;
  return (
    unlessMalformed(() => decode(ClientHello.wire(context), raw.subarray(headerLength))) ??
    unlessMalformed(() => sslv2ClientHello(raw))
  );
}

function decodeDatagramMessage(raw: Uint8Array): ClientHello | undefined {
  if (raw[0] !== ClientHello.type) return undefined;
  const wire = ClientHello.wire({ ...context, datagrams: true });
  return unlessMalformed(() => decode(wire, raw.subarray(fragmentHeaderLength)));
}

function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function named(nameOf: (code: number) => string | undefined): (code: number) => Named {
  return (code) => ({ code, name: nameOf(code) });
}

function nameOfVersion(code: number): string | undefined {
  const name = versionName(code);
  return name === 'unknown' ? undefined : name;
}

/** The name in traces, where there is one; it does not always agree with that of the standard. */
function nameOfExtension(code: number): string | undefined {
  return extensionTraceName(code) ?? extensionKind(code)?.name;
}

function nameOfGroup(code: number): string | undefined {
  return group(code)?.names[0];
}
