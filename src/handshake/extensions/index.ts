import type { Extension } from '../../messages/extensions/extension.ts';
import { Version } from '../../names/versions.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { serverInfoIn } from '../flow/server-info.ts';
import type { Settings } from '../flow/settings.ts';
import { alpn } from './alpn.ts';
import { certificateAuthorities } from './certificate-authorities.ts';
import { clientCertificateType } from './client-certificate-type.ts';
import { compressCertificate } from './compress-certificate.ts';
import { connectionId } from './connection-id.ts';
import { cookie } from './cookie.ts';
import { earlyData } from './early-data.ts';
import { ecPointFormats } from './ec-point-formats.ts';
import { encryptThenMac } from './encrypt-then-mac.ts';
import { encryptedClientHello } from './encrypted-client-hello.ts';
import { extendedMasterSecret } from './extended-master-secret.ts';
import {
  countsIn,
  type Place,
  type Round,
  type Round12,
  type Round13,
  type ServerExtension,
  type Subjects,
} from './extension.ts';
import { keyShare } from './key-share.ts';
import { maxFragmentLength } from './max-fragment-length.ts';
import { nextProtocolNegotiation } from './next-protocol-negotiation.ts';
import { postHandshakeAuth } from './post-handshake-auth.ts';
import { preSharedKey } from './pre-shared-key.ts';
import { pskKeyExchangeModes } from './psk-key-exchange-modes.ts';
import { recordSizeLimit } from './record-size-limit.ts';
import { renegotiationInfo } from './renegotiation-info.ts';
import { serverCertificateType } from './server-certificate-type.ts';
import { type AskedName, serverName } from './server-name.ts';
import { sessionTicket } from './session-ticket.ts';
import { signatureAlgorithms } from './signature-algorithms.ts';
import { signatureAlgorithmsCert } from './signature-algorithms-cert.ts';
import { srp } from './srp.ts';
import { statusRequest } from './status-request.ts';
import { supportedGroups } from './supported-groups.ts';
import { supportedVersions } from './supported-versions.ts';
import { trustAnchors } from './trust-anchors.ts';
import { useSrtp } from './use-srtp.ts';

/**
 * The extensions of the server, in the reference's order: that of reading, which determines the fault found first, of
 * choosing, and of our messages.
 */
const extensions = {
  renegotiationInfo,
  serverName,
  maxFragmentLength,
  srp,
  ecPointFormats,
  supportedGroups,
  sessionTicket,
  statusRequest,
  // Before Next Protocol Negotiation, which is only used when ALPN has chosen nothing.
  alpn,
  nextProtocolNegotiation,
  useSrtp,
  encryptThenMac,
  extendedMasterSecret,
  clientCertificateType,
  serverCertificateType,
  signatureAlgorithmsCert,
  postHandshakeAuth,
  signatureAlgorithms,
  supportedVersions,
  pskKeyExchangeModes,
  keyShare,
  cookie,
  compressCertificate,
  earlyData,
  certificateAuthorities,
  preSharedKey,
  recordSizeLimit,
  connectionId,
  trustAnchors,
  encryptedClientHello,
};

type Extensions = typeof extensions;
type Name = keyof Extensions;
type Entry = readonly [name: Name, extension: ServerExtension];

/** The values of the client's extensions; undefined for missing ones. */
export type Offers = {
  readonly [N in Name]?: Extensions[N] extends ServerExtension<infer T> ? T | undefined : never;
};

/** The choices of all extensions of one range of versions. */
type Chosen<V extends string> = {
  readonly [N in Name as Extensions[N]['versions'] extends V ? N : never]: Extensions[N] extends ServerExtension<
    infer _T,
    infer D
  >
    ? D
    : never;
};

/** A handshake up to TLS 1.2 with the choices of its extensions. */
export interface Decided12 extends Round12 {
  readonly offers: Offers;
  readonly chosen: Chosen<'any' | 'upToTls12'>;
}

/** The same for TLS 1.3. */
export interface Decided13 extends Round13 {
  readonly offers: Offers;
  readonly chosen: Chosen<'any' | 'fromTls13'>;
}

/** Reads the extensions that are used in this version and enabled. @throws {Problem} at the first malformed one */
export function readOffers(settings: Settings, hello: ReadonlyMap<number, Uint8Array>, version: number): Offers {
  const { readers, noOffers } = tableOf(version);
  const offers: Record<string, unknown> = { ...noOffers };
  for (const [name, { code, isOn, read }] of readers) {
    const body = hello.get(code);
    if (body !== undefined && read !== undefined && isOn(settings)) offers[name] = read(body);
  }
  return offers;
}

/** Settings and offers of a handshake after the choice of the server name. */
interface Named {
  readonly offers: Offers;
  readonly serverNameAccepted: boolean;
}

/**
 * Switches to the settings of a server name, and reads the extensions that these enable in addition.
 * @throws {Problem}
 */
export function switchByName(
  flow: Flow,
  { hello, version }: Pick<Round, 'hello' | 'version'>,
  offers: Offers,
  asked: AskedName,
): Named {
  const { settings } = flow;
  const serverNameAccepted = serverName.turnTo(flow, asked);
  const same = flow.settings === settings;
  return { offers: same ? offers : readOffers(flow.settings, hello.extensions, version), serverNameAccepted };
}

/** Placeholders for the choices that `choose` fills in. */
export function undecided12(): Decided12['chosen'] {
  return { ...upToTls12.noChoices } as Partial<Decided12['chosen']> as Decided12['chosen'];
}

export function undecided13(): Decided13['chosen'] {
  return { ...fromTls13.noChoices } as Partial<Decided13['chosen']> as Decided13['chosen'];
}

/** Runs the choice of every extension and fills in `chosen`. @throws {Problem} */
export function* choose(flow: Flow, round: Decided12 | Decided13): Handshake<void> {
  const { offers } = round;
  const chosen: Record<string, unknown> = round.chosen;
  for (const [name, extension] of tableOf(round.version).choosers) {
    chosen[name] = extension.lookUp
      ? yield* extension.lookUp(offers[name], flow, round)
      : extension.choose?.(offers[name], flow, round);
  }
}

/**
 * The extensions of a message. `info`: fixed ones (`-serverinfo`), which come first; those that we answer ourselves are
 * left out.
 */
export function answersIn<P extends Place>(
  place: P,
  subject: Subjects[P],
  info: readonly Extension[] = [],
  chosen: Readonly<Record<string, unknown>> = {},
): Extension[] {
  const own: Extension[] = [];
  for (const [name, extension] of answering[place]) {
    const answer = extension.answer(place, subject, chosen[name]);
    if (answer !== undefined) own.push(answer);
  }
  return info.length === 0 ? own : [...info.filter(({ type }) => own.every((it) => it.type !== type)), ...own];
}

/** The extensions of a ServerHello up to TLS 1.2. */
export function serverHelloExtensions(decided: Decided12): Extension[] {
  const info = serverInfoIn('serverHello12', decided.settings.serverInfo, decided);
  return answersIn('serverHello12', decided, info, decided.chosen);
}

export function encryptedExtensions(decided: Decided13): Extension[] {
  const info = serverInfoIn('encryptedExtensions', decided.settings.serverInfo, decided);
  return answersIn('encryptedExtensions', decided, info, decided.chosen);
}

const entries = Object.entries(extensions) as readonly Entry[];

/**
 * The extensions of a version, and template records with a member for each, which are copied so that all have one
 * shape.
 */
interface Table {
  readonly readers: readonly Entry[];
  readonly choosers: readonly Entry[];
  readonly noOffers: Readonly<Record<string, undefined>>;
  readonly noChoices: Readonly<Record<string, undefined>>;
}

function tableFor(counting: readonly Entry[], readers = counting.filter(([, { read }]) => read !== undefined)): Table {
  const choosers = counting.filter(([, { choose, lookUp }]) => choose !== undefined || lookUp !== undefined);
  return { readers, choosers, noOffers: blank(readers), noChoices: blank(choosers) };
}

function blank(of: readonly Entry[]): Record<string, undefined> {
  return Object.fromEntries(of.map(([name]) => [name, undefined]));
}

const upToTls12 = tableFor(entries.filter(([, it]) => countsIn(it, Version['TLSv1.2'])));
const fromTls13 = tableFor(entries.filter(([, it]) => countsIn(it, Version['TLSv1.3'])));
/** SSL 3.0 has no extensions but the one that secures its renegotiation too (RFC 5746 section 4.5). */
const sslv3: Table = { ...upToTls12, readers: entries.filter(([name]) => name === 'renegotiationInfo') };

function tableOf(version: number): Table {
  if (version >= Version['TLSv1.3']) return fromTls13;
  return version > Version.SSLv3 ? upToTls12 : sslv3;
}

const answering: { readonly [P in Place]: readonly Entry[] } = {
  serverHello12: thoseIn('serverHello12'),
  serverHello13: thoseIn('serverHello13'),
  helloRetryRequest: thoseIn('helloRetryRequest'),
  encryptedExtensions: thoseIn('encryptedExtensions'),
  certificateRequest: thoseIn('certificateRequest'),
  certificate: thoseIn('certificate'),
  newSessionTicket: thoseIn('newSessionTicket'),
};

function thoseIn(place: Place): readonly Entry[] {
  return entries.filter(([, { places }]) => places.includes(place));
}
