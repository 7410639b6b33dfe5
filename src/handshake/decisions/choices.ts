import { decodeExtension } from '../../messages/extensions/extension.ts';
import { supportedVersions } from '../../messages/extensions/supported-versions.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import { dtlsVersionOf, Version } from '../../names/versions.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { Offers } from '../extensions/index.ts';
import type { Flow } from '../flow/flow.ts';
import type { Settings } from '../flow/settings.ts';
import type { Telling } from '../flow/telling.ts';
import type { Hello } from '../hello/client-hello.ts';
import { usableGroups } from '../hello/group-choice.ts';
import { prefersSha256, type SuiteQuestion } from '../hello/suite-choice.ts';
import { enabledVersions } from '../hello/version-choice.ts';
import { impliedSignatureAlgorithms, ownSignatureSchemes, rsaMd5Sha1 } from '../policy/signature-choice.ts';

// Reports of the results of the negotiation. Without an observer no lists or reasons are built.

type Watched = Pick<Flow, 'tell' | 'settings'>;

export function reportVersion({ tell, settings }: Watched, hello: Hello, chosen: number | undefined): void {
  if (tell.choice === undefined) return;
  const onWire = (version: number) => (settings.datagrams ? dtlsVersionOf(version) : version);
  const listed = offeredVersions(hello);
  tell.choice('version', {
    chosen: chosen === undefined ? undefined : onWire(chosen),
    from: listed ?? [hello.message.legacyVersion],
    ours: enabledVersions(settings).map(onWire),
    why: reason(chosen, listed ? 'highest of both sides' : 'highest of ours that the version field covers', 'version'),
  });
}

export function reportSuite(tell: Telling, question: SuiteQuestion, chosen: CipherSuite | undefined): void {
  if (tell.choice === undefined) return;
  const { settings, offered, version } = question;
  const own = [...settings.cipherSuites13, ...settings.cipherSuites];
  const found = prefersSha256(question) ? 'first with SHA-256, which a pre-shared key may go with' : orderOf(settings);
  tell.choice('suite', {
    chosen: chosen?.code,
    from: offered,
    ours: own.filter((it) => it.minVersion <= version && version <= it.maxVersion).map(({ code }) => code),
    why: chosen ? found : 'no suite in common that our keys and groups can serve',
  });
}

/** Reports the group. `why` is the reason for a group that was found, which only the caller knows. */
export function reportGroup(flow: Watched, offer: GroupOffer, chosen: Group | undefined, why: string): void {
  const { tell, settings } = flow;
  if (tell.choice === undefined) return;
  const ours = usableGroups(settings, offer.version).map(({ code }) => code);
  const from = offer.supportedGroups ?? [];
  tell.choice('group', { chosen: chosen?.code, from, ours, why: reason(chosen, why, 'group') });
}

interface GroupOffer {
  readonly version: number;
  readonly supportedGroups: readonly number[] | undefined;
}

/** Reports the signature scheme, and the certificate that signs with it. */
export function reportSignature(
  flow: Watched,
  { version, offers }: { readonly version: number; readonly offers: Offers },
  credentials: readonly Credential[],
  chosen: { readonly scheme: SignatureScheme; readonly credential: Credential } | undefined,
): void {
  const { tell, settings } = flow;
  if (tell.choice === undefined) return;
  const negotiated = version >= Version['TLSv1.2'];
  const own = negotiated ? ownSignatureSchemes(settings, version) : impliedSignatureAlgorithms(settings, version);
  const found = negotiated ? 'first of both sides that a certificate of ours signs with' : 'the only one for its key';
  tell.choice('scheme', {
    chosen: chosen && codeOrName(chosen.scheme),
    from: negotiated ? (offers.signatureAlgorithms ?? []) : [],
    ours: own.map(codeOrName),
    why: chosen ? found : 'none that a certificate of ours signs with',
  });
  tell.choice('certificate', {
    chosen: chosen?.credential.chain[0],
    from: [],
    ours: credentials.flatMap(({ chain }) => chain.slice(0, 1)),
    why: chosen ? 'its key signs with the scheme' : 'none has a key that fits',
  });
}

/** codeOrName names the scheme that has no code point. */
function codeOrName(scheme: SignatureScheme): number | Uint8Array {
  return scheme === rsaMd5Sha1 ? Buffer.from(scheme.name, 'latin1') : scheme.code;
}

function reason(chosen: unknown, found: string, what: string): string {
  return chosen === undefined ? `no ${what} in common` : found;
}

function orderOf({ serverPreference, suiteB }: Settings): string {
  const isOurs = serverPreference || suiteB !== undefined;
  return isOurs ? 'first of ours that the client has' : "first of the client's that we have";
}

/** The versions in the extension; undefined when it is missing or malformed. */
function offeredVersions({ extensions }: Hello): readonly number[] | undefined {
  const body = extensions.get(supportedVersions.code);
  try {
    return body && decodeExtension(supportedVersions, 'clientHello', body);
  } catch {
    return undefined;
  }
}
