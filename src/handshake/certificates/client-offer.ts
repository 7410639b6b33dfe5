import { latin1 } from '../../bytes/hex.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { Offers } from '../extensions/index.ts';
import type { Flow } from '../flow/flow.ts';
import { perSettings } from '../flow/per-settings.ts';
import type { SessionInfo } from '../flow/session-info.ts';
import type { Settings } from '../flow/settings.ts';
import type { Hello } from '../hello/client-hello.ts';
import { sharedGroups } from '../hello/group-choice.ts';
import { allowsSuite } from '../policy/security-level.ts';
import { impliedSignatureAlgorithms, sharedSignatureAlgorithms } from '../policy/signature-choice.ts';

/** The client's offer, with the groups and signature schemes shared with us. */
export interface ClientOffer {
  readonly hello: Hello;
  readonly offers: Offers;
  readonly version: number;
  readonly sharedGroups: readonly Group[];
  readonly sharedSchemes: readonly SignatureScheme[];
}

export function clientOffer(flow: Flow, hello: Hello, offers: Offers, version: number): ClientOffer {
  const { settings } = flow;
  const sharedSchemes =
    version >= Version['TLSv1.2'] && namesSchemes(offers)
      ? sharedSignatureAlgorithms(settings, offers.signatureAlgorithms ?? [], version)
      : impliedSignatureAlgorithms(settings, version);
  return {
    hello,
    offers,
    version,
    sharedGroups: sharedGroups(settings, version, offers.supportedGroups),
    sharedSchemes,
  };
}

/** True when the client names schemes, if only those of certificates: then none are implied. */
export function namesSchemes({ signatureAlgorithms, signatureAlgorithmsCert }: Offers): boolean {
  return signatureAlgorithms !== undefined || signatureAlgorithmsCert !== undefined;
}

/** The schemes that certificates may be signed with; undefined: the client does not say. */
export function certificateSchemesOf({ version, offers }: ClientOffer): readonly number[] | undefined {
  return version >= Version['TLSv1.2'] ? offers.signatureAlgorithmsCert : undefined;
}

/** The report's copy of the client's offer. */
export function offerInfo(
  settings: Settings,
  { hello, offers, version, sharedGroups: groups, sharedSchemes }: ClientOffer,
) {
  const sends = version >= Version['TLSv1.2'] ? offers.signatureAlgorithms : undefined;
  return {
    clientCipherSuites: [...hello.message.cipherSuites],
    sharedCipherSuites: sharedSuites(settings, hello.message.cipherSuites),
    signatureAlgorithms: sends ? [...sends] : none,
    sharedSignatureAlgorithms: sends === undefined ? none : sharedSchemes.map(({ code }) => code),
    ...(offers.ecPointFormats && { pointFormats: [...offers.ecPointFormats] }),
    ...(offers.supportedGroups && { supportedGroups: [...offers.supportedGroups] }),
    sharedGroups: groups.length > 0 ? groups.map(({ code }) => code) : none,
    certificateAuthorities: offers.certificateAuthorities?.map((name) => Uint8Array.from(name)) ?? none,
    ...(offers.serverName && { serverName: latin1(offers.serverName) }),
    secureRenegotiation: hello.signalsRenegotiationInfo || offers.renegotiationInfo !== undefined,
    ...(hello.ech && { ech: hello.ech }),
    clientHello: hello.bytes,
  } satisfies Partial<SessionInfo>;
}

/** Shared by all connections without the list. */
const none: readonly never[] = [];

/** In the client's order, for any version: the reference lists TLS 1.3 suites in TLS 1.2 too. */
function sharedSuites(settings: Settings, offered: readonly number[]): CipherSuite[] {
  const ours = suitesByCode(settings);
  // Copied, as the result of filter has room for more.
  return [...offered.map((code) => ours.get(code)).filter((suite) => suite !== undefined)];
}

const suitesByCode = perSettings(({ cipherSuites, cipherSuites13, securityLevel }) => {
  const allowed = [...cipherSuites13, ...cipherSuites].filter((suite) => allowsSuite(securityLevel, suite));
  return new Map(allowed.map((suite) => [suite.code, suite]));
});
