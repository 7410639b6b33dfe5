import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { Credential, KeyType } from '../../x509/files/credential.ts';
import { perVersion } from '../flow/per-settings.ts';
import type { Settings } from '../flow/settings.ts';
import { allowsSuite } from '../policy/security-level.ts';
import { signingKeyType } from '../policy/signature-choice.ts';
import { groupsOfSuite } from '../policy/suite-b-policy.ts';

/** The facts that determine the usable suites. */
export interface SuiteQuestion {
  readonly settings: Settings;
  readonly version: number;
  /** Code points, in the client's order. */
  readonly offered: readonly number[];
  readonly sharedGroups: readonly Group[];
  readonly sharedSchemes: readonly SignatureScheme[];
  /** The credentials that the client can use up to TLS 1.2: `acceptableCredentials`. */
  readonly credentials: readonly Credential[];
}

/**
 * Drops the certificates on a curve that the client did not list: up to TLS 1.2 its groups apply to them too (RFC 8422
 * section 5.1).
 */
export function acceptableCredentials<T extends Pick<Credential, 'keyType' | 'group'>>(
  credentials: readonly T[],
  peerGroups: readonly number[] = [],
): readonly T[] {
  return credentials.filter(({ keyType, group }) => {
    if (keyType !== 'EC') return true;
    return group !== undefined && (peerGroups.length === 0 || peerGroups.includes(group));
  });
}

/** Chooses a shared suite that we can serve: by the client's order, with `-serverpref` by ours. */
export function chooseSuite(question: SuiteQuestion): CipherSuite | undefined {
  const { version } = question;
  const common = commonSuites(question);
  const serves = version >= Version['TLSv1.3'] ? () => true : servesUpTo12(question, 'needed');
  const withSha256 = prefersSha256(question)
    ? common.find((suite) => suite.prf !== 'sha384' && serves(suite))
    : undefined;
  return withSha256 ?? common.find(serves);
}

/** The shared suites that the security level allows, in order of preference. */
function commonSuites({ settings, version, offered }: SuiteQuestion): readonly CipherSuite[] {
  const allowed = allowedByCode(settings, version);
  if (!settings.serverPreference && settings.suiteB === undefined)
    return offered.map((code) => allowed.get(code)).filter((suite) => suite !== undefined);
  const preferred = preferredSuites(settings, suitesOfVersion(settings, version), offered);
  return preferred.filter(({ code }) => offered.includes(code) && allowed.has(code));
}

/** Our suites of a version, in our order. */
const suitesOfVersion = perVersion((settings, version): readonly CipherSuite[] =>
  (version >= Version['TLSv1.3'] ? settings.cipherSuites13 : settings.cipherSuites).filter(
    (suite) =>
      suite.minVersion <= version &&
      version <= suite.maxVersion &&
      (settings.datagrams === undefined || suite.minDtls !== undefined),
  ),
);

const allowedByCode = perVersion((settings, version) => {
  const allowed = suitesOfVersion(settings, version).filter((suite) => allowsSuite(settings.securityLevel, suite));
  return new Map(allowed.map((suite) => [suite.code, suite]));
});

/** True when a connection of this version may use the suite. */
export function isEnabledIn(settings: Settings, version: number, { code }: CipherSuite): boolean {
  return allowedByCode(settings, version).has(code);
}

/**
 * True when SHA-256 suites come first, as an external PSK needs them (RFC 8446 section 4.2.11): if there are no
 * certificates, or any client may have a PSK.
 */
export function prefersSha256({ settings, version }: SuiteQuestion): boolean {
  if (version < Version['TLSv1.3']) return false;
  return settings.lookUpPsk !== undefined || (settings.psk !== undefined && settings.credentials.length === 0);
}

/** `-prioritize_chacha`: our ChaCha20 suites come first when the client's first suite is one. */
export function preferredSuites(
  settings: Settings,
  ours: readonly CipherSuite[],
  offered: readonly number[],
): readonly CipherSuite[] {
  const isChacha = ({ encryption }: CipherSuite) => encryption.startsWith('CHACHA20');
  const clientPrefersChacha = ours.some((suite) => suite.code === offered[0] && isChacha(suite));
  if (!settings.prioritizeChacha || !clientPrefersChacha) return ours;
  return [...ours.filter(isChacha), ...ours.filter((suite) => !isChacha(suite))];
}

/** Tests whether certificates and keys suffice for a suite. `groups` tells whether a shared group is required. */
export function servesUpTo12(question: SuiteQuestion, groups: 'needed' | 'askedFor'): (suite: CipherSuite) => boolean {
  const keys = keysOf(question);
  return (suite) => exchanges(question, keys, suite, groups) && authenticates(question, keys, suite);
}

/** The types of our keys, and those that sign with a shared scheme. */
interface Keys {
  readonly owned: ReadonlySet<KeyType>;
  readonly signing: ReadonlySet<KeyType>;
}

function keysOf({ credentials, sharedSchemes }: SuiteQuestion): Keys {
  const owned = new Set(credentials.map(({ keyType }) => keyType));
  const shared = sharedSchemes.map(signingKeyType).filter((it) => it !== undefined);
  return { owned, signing: new Set(shared.filter((it) => owned.has(it))) };
}

/** A missing signature scheme is mostly detected later, when one is chosen, as in the reference. */
function authenticates({ version }: SuiteQuestion, { owned, signing }: Keys, { authentication }: CipherSuite): boolean {
  const is12 = version === Version['TLSv1.2'];
  switch (authentication) {
    case 'RSA':
      return owned.has('RSA') || (is12 && signing.has('RSA-PSS'));
    case 'ECDSA':
      return is12 ? signing.has('EC') || signing.has('ED25519') || signing.has('ED448') : owned.has('EC');
    case 'DSS':
      return owned.has('DSA');
    case 'None':
    case 'PSK':
    case 'SRP':
      return true;
    default:
      return false;
  }
}

function exchanges(
  { settings, sharedGroups }: SuiteQuestion,
  { owned }: Keys,
  suite: CipherSuite,
  groups: 'needed' | 'askedFor',
): boolean {
  const hasPsk = settings.psk !== undefined || settings.lookUpPsk !== undefined;
  switch (suite.keyExchange) {
    case 'RSA':
      return owned.has('RSA');
    case 'DHE':
      return settings.temporaryDh !== 'none';
    case 'ECDHE':
      return groups === 'askedFor' || groupsOfSuite(settings, suite, sharedGroups).length > 0;
    // A missing common group is detected later, as in the reference.
    case 'PSK':
    case 'ECDHEPSK':
      return hasPsk;
    case 'DHEPSK':
      return hasPsk && settings.temporaryDh !== 'none';
    case 'RSAPSK':
      return hasPsk && owned.has('RSA');
    case 'SRP':
      return settings.srpUsers !== undefined;
    default:
      return false;
  }
}
