import { decodeExtension } from '../../messages/extensions/extension.ts';
import { signatureAlgorithms } from '../../messages/extensions/signature-algorithms.ts';
import { supportedVersions } from '../../messages/extensions/supported-versions.ts';
import { downgradeToTls11, downgradeToTls12 } from '../../messages/server-hello.ts';
import { Problem } from '../../names/problems.ts';
import { tlsVersionOf, Version } from '../../names/versions.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { perSettings } from '../flow/per-settings.ts';
import type { Settings } from '../flow/settings.ts';
import { allowsVersion } from '../policy/security-level.ts';
import { isKeyOf, ownSignatureSchemes } from '../policy/signature-choice.ts';
import type { Hello } from './client-hello.ts';

const where = 'tls_early_post_process_client_hello';
const knownOnDatagrams: readonly number[] = [Version['TLSv1.2'], Version['TLSv1.1']];
const known: readonly number[] = [
  Version['TLSv1.3'],
  Version['TLSv1.2'],
  Version['TLSv1.1'],
  Version.TLSv1,
  Version.SSLv3,
];

/** The enabled versions, highest first; for DTLS the TLS versions they derive from. */
export const enabledVersions = perSettings((settings): readonly number[] =>
  (settings.datagrams ? knownOnDatagrams : known).filter(
    (version) =>
      version >= settings.minVersion &&
      version <= settings.maxVersion &&
      !settings.disabledVersions.has(version) &&
      allowsVersion(settings.securityLevel, version),
  ),
);

/**
 * Chooses the highest shared version (RFC 8446 section 4.2.1): from the extension if the client sent it, otherwise the
 * highest that its version field covers, at most TLS 1.2.
 * @throws {Problem} unsupportedProtocol, versionTooLow
 */
export function chooseVersion(settings: Settings, hello: Hello): number {
  const enabled = servedVersions(settings, hello);
  const body = hello.extensions.get(supportedVersions.code);
  const { legacyVersion } = hello.message;
  if (settings.datagrams) {
    // The reference looks at the version field only.
    const listed = settings.strict ? body : undefined;
    return listed === undefined ? chooseOnDatagrams(enabled, legacyVersion) : chooseListed(enabled, listed);
  }
  if (body !== undefined) {
    if (legacyVersion <= Version.SSLv3) throw new Problem('badLegacyVersion', where, { alert: 'protocol_version' });
    const offered = supportedVersionsOf(body);
    // A decrypted hello may offer older versions too (docs/decisions/encrypted-hello.md), but none of them is chosen.
    const wasEncrypted = hello.ech?.outcome === 'accepted';
    const lowest = wasEncrypted ? Version['TLSv1.3'] : Version.SSLv3;
    const best = enabled.find((version) => version >= lowest && offered.includes(version));
    const details = wasEncrypted ? ({ alert: 'illegal_parameter' } as const) : undefined;
    if (best === undefined) throw new Problem('unsupportedProtocol', where, details);
    return best;
  }
  const ceiling = Math.min(legacyVersion, Version['TLSv1.2']);
  if (ceiling < Version.SSLv3) throw new Problem('versionTooLow', where, { alert: 'protocol_version' });
  const best = enabled.find((version) => version <= ceiling);
  // OpenSSL is built without SSL 3.0 by default, and does not count it as disabled.
  const problem = ceiling === Version.SSLv3 ? 'versionTooLow' : 'unsupportedProtocol';
  if (best === undefined) throw new Problem(problem, where, { alert: 'protocol_version' });
  return best;
}

/**
 * The TLS version of the highest DTLS version that a hello's version field covers; 0: none. DTLS versions count down
 * (RFC 6347 section 4.1), and a future one is answered with the highest of ours (RFC 5246 appendix E.1).
 */
export function datagramCeiling(legacyVersion: number): number {
  if (legacyVersion > Version.DTLSv1 || legacyVersion === Version['DTLSv0.9']) return 0;
  return legacyVersion <= Version['DTLSv1.2'] ? Version['TLSv1.2'] : Version['TLSv1.1'];
}

function chooseOnDatagrams(enabled: readonly number[], legacyVersion: number): number {
  const ceiling = datagramCeiling(legacyVersion);
  if (ceiling === 0) throw new Problem('versionTooLow', where, { alert: 'protocol_version' });
  const best = enabled.find((version) => version <= ceiling);
  if (best === undefined) throw new Problem('unsupportedProtocol', where);
  return best;
}

/** RFC 8446 section 4.2.1: the version field does not count where the client lists its versions. */
function chooseListed(enabled: readonly number[], body: Uint8Array): number {
  const offered = supportedVersionsOf(body).filter(isOfDatagrams).map(tlsVersionOf);
  const best = enabled.find((version) => offered.includes(version));
  if (best === undefined) throw new Problem('unsupportedProtocol', where);
  return best;
}

function isOfDatagrams(version: number): boolean {
  return version === Version.DTLSv1 || version === Version['DTLSv1.2'];
}

/** The end of the random value that signals a downgrade to the client (RFC 8446 section 4.1.3). */
export function downgradeSentinel(settings: Settings, version: number, hello: HelloExtensions): Uint8Array | undefined {
  const [highest = 0] = servedVersions(settings, hello);
  if (version === Version['TLSv1.2'] && highest === Version['TLSv1.3']) return downgradeToTls12;
  if (version < Version['TLSv1.2'] && enabledVersions(settings).includes(Version['TLSv1.2'])) return downgradeToTls11;
  return undefined;
}

/** The enabled versions that we have keys for, highest first. */
function servedVersions(settings: Settings, hello: HelloExtensions): readonly number[] {
  return hasKeyForTls13(settings, hello) ? enabledVersions(settings) : earlierVersions(settings);
}

const earlierVersions = perSettings((settings) =>
  enabledVersions(settings).filter((version) => version < Version['TLSv1.3']),
);

type HelloExtensions = Pick<Hello, 'extensions'>;

/**
 * True when there is a certificate, or an external key, for TLS 1.3. A certificate on a curve of brainpool is for
 * clients that offer its scheme (RFC 8734); others get TLS 1.2, as with OpenSSL 3.0.
 */
export function hasKeyForTls13(settings: Settings, hello: HelloExtensions): boolean {
  return hasUsualKey(settings) || brainpoolSchemes(settings).some((code) => offersScheme(hello, code));
}

const hasUsualKey = perSettings(
  (settings) =>
    settings.psk !== undefined ||
    settings.lookUpPsk !== undefined ||
    settings.pskSession !== undefined ||
    settings.credentialsFor !== undefined ||
    (settings.extendedCredentials ?? []).length > 0 ||
    settings.credentials.some(signsTls13),
);

const brainpoolSchemes = perSettings((settings): readonly number[] =>
  ownSignatureSchemes(settings, Version['TLSv1.3'])
    .filter((scheme) => scheme.name.includes('brainpool') && settings.credentials.some((it) => isKeyOf(scheme, it)))
    .map(({ code }) => code),
);

/** False also for a list that cannot be read: that is told when the version is known. */
function offersScheme({ extensions }: HelloExtensions, code: number): boolean {
  const body = extensions.get(signatureAlgorithms.code);
  try {
    return body !== undefined && decodeExtension(signatureAlgorithms, 'clientHello', body).includes(code);
  } catch {
    return false;
  }
}

function supportedVersionsOf(body: Uint8Array): readonly number[] {
  try {
    return decodeExtension(supportedVersions, 'clientHello', body);
  } catch {
    throw new Problem('lengthMismatch', where, { alert: 'protocol_version' });
  }
}

/** DSA has no signature scheme in TLS 1.3, and only some curves have one. */
function signsTls13({ keyType, group }: Credential): boolean {
  if (keyType === 'DSA') return false;
  return keyType !== 'EC' || group === 0x17 || group === 0x18 || group === 0x19;
}
