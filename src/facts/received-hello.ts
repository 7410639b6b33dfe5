import { hex, latin1 } from '../bytes/hex.ts';
import { Malformed } from '../bytes/malformed.ts';
import { decode, type Wire } from '../bytes/wire.ts';
import { fragmentHeaderLength } from '../handshake/carriers/datagram-assembly.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { alpn } from '../messages/extensions/alpn.ts';
import { ecPointFormats } from '../messages/extensions/ec-point-formats.ts';
import { encryptedClientHello } from '../messages/extensions/encrypted-client-hello.ts';
import { extensionKind } from '../messages/extensions/index.ts';
import { keyShare } from '../messages/extensions/key-share.ts';
import { preSharedKey } from '../messages/extensions/pre-shared-key.ts';
import { pskKeyExchangeModes } from '../messages/extensions/psk-key-exchange-modes.ts';
import { serverName } from '../messages/extensions/server-name.ts';
import { signatureAlgorithms } from '../messages/extensions/signature-algorithms.ts';
import { signatureAlgorithmsCert } from '../messages/extensions/signature-algorithms-cert.ts';
import { supportedGroups } from '../messages/extensions/supported-groups.ts';
import { supportedVersions } from '../messages/extensions/supported-versions.ts';
import { trustAnchors, trustAnchorText } from '../messages/extensions/trust-anchors.ts';
import { sslv2ClientHello } from '../messages/sslv2-client-hello.ts';
import { cipherSuite } from '../names/cipher-suites.ts';
import { extensionTraceName } from '../names/extensions.ts';
import { group, groupTraceName } from '../names/groups.ts';
import {
  laterExtensionName,
  laterGroupName,
  laterSchemeName,
  laterSuiteName,
  laterVersionName,
} from '../names/later-names.ts';
import { signatureScheme } from '../names/signature-schemes.ts';
import { traceCipherName } from '../names/trace-cipher-names.ts';
import { Version, versionName } from '../names/versions.ts';
import { groupPoint, pskModePoint, schemePoint, suitePoint, versionPoint } from './decoding/code-points.ts';
import { textOf } from './decoding/value.ts';
import { extensionJson } from './decoding/wire-json.ts';
import type { ObjectOf } from './description.ts';
import { ja3Hash, ja3Text } from './fingerprints/ja3.ts';
import { ja4, ja4Raw } from './fingerprints/ja4.ts';
import type { helloMembers } from './handshake-facts.ts';

/** Named is a code point with its name, if known. */
export interface Named {
  readonly code: number;
  readonly name: string | undefined;
}

/** HelloJson is a ClientHello in the form of facts. */
export type HelloJson = ObjectOf<typeof helloMembers>;

/** Transported is a message's transport, which determines its form. */
export type Transported = 'streams' | 'datagrams';

/** ReceivedHello is a decoded ClientHello. Lists are in the client's order; a missing extension is an empty list. */
export class ReceivedHello {
  /** The handshake message as the transcript hashes it, with its header of four bytes, or of twelve on datagrams. */
  readonly raw: Uint8Array;
  /** The field legacy_version: that of TLS 1.2 in TLS 1.3, regardless of the offer. */
  readonly legacyVersion: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuites: readonly Named[];
  readonly compressionMethods: readonly number[];
  readonly extensions: readonly (Named & { readonly body: Uint8Array })[];
  readonly serverName: string | undefined;
  readonly alpnProtocols: readonly string[];
  /** Contents of `supported_versions`. */
  readonly versions: readonly Named[];
  readonly groups: readonly Named[];
  readonly signatureAlgorithms: readonly Named[];
  /** Groups of the client's key shares. */
  readonly keyShares: readonly Named[];
  /** Identifiers of `trust_anchors` (draft-ietf-tls-trust-anchor-ids), such as `32473.1`. */
  readonly trustAnchors: readonly string[];
  private readonly over: Transported;
  private readonly values: HelloValues;

  constructor(raw: Uint8Array, message: ClientHello, over: Transported = 'streams') {
    const extensions = message.extensions ?? [];
    const values = new HelloValues(extensions);
    this.raw = raw;
    this.legacyVersion = message.legacyVersion;
    this.random = message.random;
    this.sessionId = message.sessionId;
    this.cipherSuites = message.cipherSuites.map(named(suiteName));
    this.compressionMethods = message.compressionMethods;
    this.extensions = extensions.map(({ type, body }) => ({ code: type, name: extensionName(type), body }));
    this.serverName = values.serverName && latin1(values.serverName);
    this.alpnProtocols = values.protocols.map(latin1);
    this.versions = values.versions.map(named(nameOfVersion));
    this.groups = values.groups.map(named(groupName));
    this.signatureAlgorithms = values.schemes.map(
      named((code) => signatureScheme(code)?.name ?? laterSchemeName(code)),
    );
    this.keyShares = values.keyShares.map(named(groupName));
    this.trustAnchors = values.trustAnchors.map(trustAnchorText).filter((it) => it !== undefined);
    this.over = over;
    this.values = values;
  }

  /** MD5 of `ja3Raw`, in hexadecimal. */
  get ja3(): string {
    return ja3Hash(this.ja3Raw);
  }

  get ja3Raw(): string {
    return ja3Text(this.ja3Fields);
  }

  /** `ja3` with sorted extensions, the same for clients that shuffle them. */
  get ja3n(): string {
    return ja3Hash(ja3Text(this.ja3Fields, 'sorted'));
  }

  get ja4(): string {
    return ja4(this.ja4Fields);
  }

  /** `ja4` without hashes. */
  get ja4Raw(): string {
    return ja4Raw(this.ja4Fields);
  }

  /** toJSON returns the members of the fact `clientHello` about the hello itself. */
  toJSON(): HelloJson {
    const { values } = this;
    return {
      legacyVersion: versionPoint(this.legacyVersion),
      random: hex(this.random),
      sessionId: hex(this.sessionId),
      cipherSuites: this.cipherSuites.map(({ code }) => suitePoint(code)),
      compressionMethods: this.compressionMethods,
      versions: values.versions.map(versionPoint),
      groups: values.groups.map(groupPoint),
      keyShares: values.keyShares.map(groupPoint),
      signatureAlgorithms: values.schemes.map(schemePoint),
      signatureAlgorithmsCert: values.certificateSchemes.map(schemePoint),
      alpn: values.protocols.map(textOf),
      serverName: values.serverName ? textOf(values.serverName) : null,
      pskModes: values.pskModes.map(pskModePoint),
      pskIdentities: values.pskIdentities.map((it) => ({ ...it, identity: hex(it.identity) })),
      extensions: this.extensions.map(({ code, body }) => extensionJson(code, body, 'clientHello')),
      ech: values.ech,
      ja3: this.ja3,
      ja3_raw: this.ja3Raw,
      ja3n: this.ja3n,
      ja4: this.ja4,
      ja4_r: this.ja4Raw,
      length: this.raw.length,
    };
  }

  private get ja3Fields() {
    return {
      legacyVersion: this.legacyVersion,
      cipherSuites: codes(this.cipherSuites),
      extensions: codes(this.extensions),
      groups: this.values.groups,
      pointFormats: this.values.pointFormats,
    };
  }

  private get ja4Fields() {
    return {
      datagrams: this.over === 'datagrams',
      legacyVersion: this.legacyVersion,
      versions: this.values.versions,
      cipherSuites: codes(this.cipherSuites),
      extensions: codes(this.extensions),
      signatureAlgorithms: this.values.schemes,
      firstProtocol: this.values.protocols[0],
    };
  }
}

/** receivedHello returns undefined for any other message. A malformed extension counts as missing. */
export function receivedHello(raw: Uint8Array, over: Transported = 'streams'): ReceivedHello | undefined {
  const message = decodeHello(raw, over);
  return message && new ReceivedHello(raw, message, over);
}

/** HelloValues has the decoded extensions of a hello. */
class HelloValues {
  readonly serverName: Uint8Array | undefined;
  readonly protocols: readonly Uint8Array[];
  readonly versions: readonly number[];
  readonly groups: readonly number[];
  readonly keyShares: readonly number[];
  readonly schemes: readonly number[];
  readonly certificateSchemes: readonly number[];
  readonly pointFormats: readonly number[];
  readonly pskModes: readonly number[];
  readonly pskIdentities: readonly { readonly identity: Uint8Array; readonly obfuscatedTicketAge: number }[];
  readonly trustAnchors: readonly Uint8Array[];
  readonly ech: 'outer' | 'inner' | null;

  constructor(extensions: NonNullable<ClientHello['extensions']>) {
    const value = <T>({ code, in: { clientHello } }: { code: number; in: { clientHello: Wire<T> } }): T | undefined => {
      const found = extensions.find(({ type }) => type === code);
      return found && unlessMalformed(() => decode(clientHello, found.body));
    };
    this.serverName = value(serverName)?.[0]?.name;
    this.protocols = value(alpn) ?? [];
    this.versions = value(supportedVersions) ?? [];
    this.groups = value(supportedGroups) ?? [];
    this.keyShares = value(keyShare)?.map((share) => share.group) ?? [];
    this.schemes = value(signatureAlgorithms) ?? [];
    this.certificateSchemes = value(signatureAlgorithmsCert) ?? [];
    this.pointFormats = value(ecPointFormats) ?? [];
    this.pskModes = value(pskKeyExchangeModes) ?? [];
    this.pskIdentities = value(preSharedKey)?.identities ?? [];
    this.trustAnchors = value(trustAnchors) ?? [];
    const form = value(encryptedClientHello);
    this.ech = form === undefined ? null : form.type === 0 ? 'outer' : 'inner';
  }
}

const forms = {
  streams: { context: { version: Version['TLSv1.2'] }, headerLength: 4 },
  datagrams: { context: { version: Version['DTLSv1.2'] }, headerLength: fragmentHeaderLength },
};

function decodeHello(raw: Uint8Array, over: Transported): ClientHello | undefined {
  if (raw[0] !== ClientHello.type) return undefined;
  const { context, headerLength } = forms[over];
  const hello = unlessMalformed(() => decode(ClientHello.wire(context), raw.subarray(headerLength)));
  return hello ?? (over === 'streams' ? unlessMalformed(() => sslv2ClientHello(raw)) : undefined);
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

function codes(list: readonly Named[]): readonly number[] {
  return list.map(({ code }) => code);
}

function extensionName(code: number): string | undefined {
  return extensionTraceName(code) ?? extensionKind(code)?.name ?? laterExtensionName(code);
}

function suiteName(code: number): string | undefined {
  return cipherSuite(code)?.name ?? traceCipherName(code) ?? laterSuiteName(code);
}

function nameOfVersion(code: number): string | undefined {
  const name = versionName(code);
  return name === 'unknown' ? laterVersionName(code) : name;
}

function groupName(code: number): string | undefined {
  return group(code)?.names[0] ?? groupTraceName(code) ?? laterGroupName(code);
}
