import { canVerifyMlDsa } from '../../crypto/mldsa-key.ts';
import { Problem } from '../../names/problems.ts';
import { newerSignatureSchemes, type SignatureScheme, signatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import type { KeyType } from '../../x509/files/credential.ts';
import { perSettings } from '../flow/per-settings.ts';
import type { Settings } from '../flow/settings.ts';
import { allowsScheme } from './security-level.ts';
import { curveOf, isOfTls13Alone, ownSignatureSchemes, rsaMd5Sha1, signingKeyType } from './signature-choice.ts';

/** The schemes of a CertificateRequest, for signatures of clients, in our order. */
export function requestedSignatureSchemes(settings: Settings, version: number): readonly SignatureScheme[] {
  return ownSignatureSchemes(requestSettings(settings), version);
}

/** The settings that the list of a request comes from. */
export const requestSettings = perSettings((settings): Settings => {
  const { clientSignatureAlgorithms } = settings;
  return clientSignatureAlgorithms === undefined
    ? settings
    : { ...settings, signatureAlgorithms: clientSignatureAlgorithms };
});

/**
 * The settings for the schemes that a client of TLS 1.3 offers. One that offers newer ones than OpenSSL 3.0 has is asked
 * for a certificate as OpenSSL 3.5 asks, unless an option lists the schemes.
 */
export function settingsForSchemes(settings: Settings, peer: readonly number[] = []): Settings {
  if (settings.clientAuthentication === undefined) return settings;
  if (settings.signatureAlgorithms !== undefined || settings.clientSignatureAlgorithms !== undefined) return settings;
  return peer.some((code) => addedSchemes.has(code)) ? withNewerSchemes(settings) : settings;
}

const addedSchemes = new Set(newerSignatureSchemes.filter((code) => signatureScheme(code)?.newer));

const withNewerSchemes = perSettings((settings): Settings => {
  const schemes = newerSignatureSchemes.map(signatureScheme).filter((it) => it !== undefined);
  const isKnown = ({ name }: SignatureScheme) => !name.startsWith('mldsa') || canVerifyMlDsa();
  return { ...settings, clientSignatureAlgorithms: schemes.filter(isKnown) };
});

/** The client's key, of a certificate or raw. */
export interface PeerKey {
  readonly keyType: KeyType;
  /** Code point of the curve of an EC key, if the curve has one. */
  readonly group?: number;
}

export interface PeerSignatureQuestion {
  readonly settings: Settings;
  /** TLS 1.2 or 1.3; for DTLS the TLS version it derives from. */
  readonly version: number;
  readonly key: PeerKey;
  /** Code points of the groups that the client offered; undefined without the extension. */
  readonly peerGroups: readonly number[] | undefined;
}

/** Checks the scheme of the client's CertificateVerify against its key and against our request. @throws {Problem} */
export function checkPeerScheme(code: number, question: PeerSignatureQuestion): SignatureScheme {
  const { settings, version, key } = question;
  const tls13 = version >= Version['TLSv1.3'];
  const scheme = signatureScheme(code);
  const isOfVersion = scheme !== undefined && (tls13 ? scheme.tls13 : !isOfTls13Alone(scheme));
  if (!isOfVersion || signingKeyType(scheme) !== key.keyType) {
    throw new Problem('wrongSignatureType', where);
  }
  if (key.keyType === 'EC' && !curveFits(scheme, question)) throw new Problem('wrongCurve', where);
  const asked = requestedSignatureSchemes(settings, version).some((it) => it.code === code);
  // SHA-1 is accepted also when not requested, if the security level allows it, and not with -strict, as in the
  // reference.
  const isFallback = sha1.has(code) && !settings.strictCertificates && !settings.strict;
  if (!(asked || isFallback) || !allowsScheme(settings.securityLevel, scheme)) {
    const alert = settings.strict ? 'illegal_parameter' : 'handshake_failure';
    throw new Problem('wrongSignatureType', where, { alert });
  }
  return scheme;
}

/** Up to TLS 1.1 the key determines the signature: with SHA-1, or MD5 and SHA-1, or none at all. @throws {Problem} */
export function checkLegacyKey(
  { securityLevel }: Pick<Settings, 'securityLevel'>,
  { keyType }: PeerKey,
): SignatureScheme {
  const scheme = legacySchemes.get(keyType);
  if (scheme !== undefined && allowsScheme(securityLevel, scheme)) return scheme;
  throw new Problem('legacySigalgDisallowedOrUnsupported', 'tls_process_cert_verify');
}

/**
 * RFC 8446 section 4.2.3 and Suite B tie the curve to the scheme; otherwise up to TLS 1.2 it must be one that both
 * sides listed.
 */
function curveFits(scheme: SignatureScheme, { settings, version, key, peerGroups }: PeerSignatureQuestion): boolean {
  if (version >= Version['TLSv1.3'] || settings.suiteB !== undefined) return key.group === curveOf(scheme);
  const ours = settings.groups.some(({ code }) => code === key.group);
  return key.group !== undefined && ours && (peerGroups === undefined || peerGroups.includes(key.group));
}

const where = 'tls12_check_peer_sigalg';
const sha1: ReadonlySet<number> = new Set([0x0201, 0x0202, 0x0203]);
const legacySchemes = new Map<KeyType, SignatureScheme | undefined>([
  ['RSA', rsaMd5Sha1],
  ['DSA', signatureScheme(0x0202)],
  ['EC', signatureScheme(0x0203)],
]);
