import { newerSignatureSchemes, type SignatureScheme, signatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import { certificateFacts } from '../../x509/certificates/certificate.ts';
import type { Credential, KeyType } from '../../x509/files/credential.ts';
import { perSettings, perVersion } from '../flow/per-settings.ts';
import type { Settings } from '../flow/settings.ts';
import { allowsScheme } from './security-level.ts';

/** The settings that the choice of schemes depends on. */
export type SignatureSettings = Pick<Settings, 'securityLevel' | 'serverPreference' | 'signatureAlgorithms'> &
  Partial<Pick<Settings, 'credentials' | 'extendedCredentials' | 'suiteB'>>;

/**
 * The shared schemes, in the client's order, with `-serverpref` in ours. `peer` is the client's signature_algorithms as
 * sent; repetitions are kept. DSA is not allowed in TLS 1.3 (RFC 8446 section 4.2.3).
 */
export function sharedSignatureAlgorithms(
  settings: SignatureSettings,
  peer: readonly number[],
  version: number,
): readonly SignatureScheme[] {
  if (settings.serverPreference || settings.suiteB !== undefined)
    return ownSignatureSchemes(settings, version).filter(({ code }) => peer.includes(code));
  const own = ownByCode(settings, version);
  return peer.map((code) => own.get(code)).filter((it) => it !== undefined);
}

/** The schemes that we accept, in our order. */
export const ownSignatureSchemes = perVersion((settings: SignatureSettings, version): readonly SignatureScheme[] =>
  ownSchemeCodes(settings)
    .map(signatureScheme)
    .filter((it) => it !== undefined)
    .filter((it) => isSupported(it, version) && allowsScheme(settings.securityLevel, it)),
);

const ownByCode = perVersion(
  (settings: SignatureSettings, version) => new Map(ownSignatureSchemes(settings, version).map((it) => [it.code, it])),
);

/**
 * The schemes assumed for a client without signature_algorithms. Up to TLS 1.1 the signature's hash is not negotiated
 * (RFC 4346 section 7.4.3); in TLS 1.2 it is SHA-1 (RFC 5246 section 7.4.1.4.1). Both are too weak for level 1.
 */
export const impliedSignatureAlgorithms = perVersion(
  (settings: SignatureSettings, version): readonly SignatureScheme[] => {
    const negotiable = version >= Version['TLSv1.2'];
    const own = ownSchemeCodes(settings);
    return (['RSA', 'DSA', 'EC'] as const)
      .map((keyType) => legacyScheme(keyType, version))
      .filter((it) => it !== undefined)
      .filter((it) => allowsScheme(settings.securityLevel, it) && (!negotiable || own.includes(it.code)));
  },
);

/** The scheme of a key without negotiation; undefined for keys that do not sign then. */
export function legacyScheme(keyType: KeyType, version: number): SignatureScheme | undefined {
  if (keyType === 'RSA') return version >= Version['TLSv1.2'] ? signatureScheme(0x0201) : rsaMd5Sha1;
  if (keyType === 'DSA') return signatureScheme(0x0202);
  return keyType === 'EC' ? signatureScheme(0x0203) : undefined;
}

/** RSA over MD5 and SHA-1 together, the only RSA signature up to TLS 1.1. It has no code point. */
export const rsaMd5Sha1: SignatureScheme = {
  code: 0,
  name: 'rsa_pkcs1_md5_sha1',
  line: 'RSA+MD5-SHA1',
  securityDebugName: undefined,
  tls13: false,
  newer: false,
};

export interface SignatureQuestion {
  /** A TLS version; for DTLS the one it derives from. */
  readonly version: number;
  readonly shared: readonly SignatureScheme[];
  /** The credentials that the client can use: the first that fits a scheme counts. */
  readonly credentials: readonly Credential[];
  /** The client's signature_algorithms_cert as sent, from TLS 1.2 on. Undefined: any signature on a certificate will do. */
  readonly certificateSchemes?: readonly number[] | undefined;
  /** The key types of a suite up to TLS 1.2: `keyTypesOf` its authentication. */
  readonly keyTypes?: readonly KeyType[];
  /** Ties the curve to the scheme in TLS 1.2 too. */
  readonly suiteB?: Settings['suiteB'];
}

/**
 * The first shared scheme that one of the credentials can sign with, and that credential. The reference checks this
 * also for suites with RSA key transport, which sign nothing: their certificate needs a scheme all the same.
 */
export function chooseSignature(
  question: SignatureQuestion,
): { scheme: SignatureScheme; credential: Credential } | undefined {
  const { version, shared, keyTypes } = question;
  const tls13 = version >= Version['TLSv1.3'];
  const credentials = verifiableCredentials(question.credentials, question.certificateSchemes);
  for (const scheme of shared) {
    if (tls13 && !scheme.tls13) continue;
    const keyType = signingKeyType(scheme);
    if (keyType === undefined || (!tls13 && keyTypes !== undefined && !keyTypes.includes(keyType))) continue;
    const credential = credentials.find((it) => it.keyType === keyType && fits(it, scheme, question));
    if (credential !== undefined) return { scheme, credential };
  }
  return undefined;
}

function fits(credential: Credential, scheme: SignatureScheme, { version, suiteB }: SignatureQuestion): boolean {
  if (!isLargeEnough(credential, scheme)) return false;
  // RFC 8446 section 4.2.3 ties the curve to the scheme; in TLS 1.2 any curve goes with any hash.
  const tiesCurve = (version >= Version['TLSv1.3'] || suiteB !== undefined) && credential.keyType === 'EC';
  return !tiesCurve || credential.group === curveOf(scheme);
}

/**
 * The credentials whose certificate is signed as the client can verify it (RFC 8446 section 4.2.3). As in the reference
 * the leaf alone counts, also one that has signed itself, and nothing is asked without signature_algorithms_cert.
 */
export function verifiableCredentials(
  credentials: readonly Credential[],
  schemes: readonly number[] | undefined,
): readonly Credential[] {
  if (schemes === undefined) return credentials;
  const taken = new Set(schemes.map((code) => signatureOn(signatureScheme(code))));
  return credentials.filter(({ chain: [leaf] }) => {
    if (leaf === undefined) return true;
    const { keyType, hash = '' } = certificateFacts(leaf).signature;
    return taken.has(`${keyType} ${hash}`);
  });
}

/** Key and hash of a signature on a certificate. Both kinds of PSS look alike there. */
function signatureOn(scheme: SignatureScheme | undefined): string | undefined {
  if (scheme === undefined) return undefined;
  const keyType = scheme.name.startsWith('rsa_pss_') ? 'RSA-PSS' : signingKeyType(scheme);
  const [hash = ''] = /(?<=_)sha\d+$/.exec(scheme.name) ?? [];
  return keyType && `${keyType} ${hash}`;
}

/**
 * The key types for a suite's authentication up to TLS 1.2, for `SignatureQuestion`. An RSA-PSS key signs but does not
 * decrypt, hence not for RSA key transport, alone or with a PSK.
 */
export function keyTypesOf(suite: { authentication: string; keyExchange: string }): readonly KeyType[] {
  switch (suite.authentication) {
    case 'RSA':
      return suite.keyExchange === 'RSA' || suite.keyExchange === 'RSAPSK' ? ['RSA'] : ['RSA', 'RSA-PSS'];
    case 'ECDSA':
      return ['EC', 'ED25519', 'ED448'];
    case 'DSS':
      return ['DSA'];
    default:
      return [];
  }
}

/** The key type of a scheme; undefined for those that we have no keys for. */
export function signingKeyType({ name }: SignatureScheme): KeyType | undefined {
  if (name.startsWith('rsa_pss_pss_')) return 'RSA-PSS';
  if (name.startsWith('rsa_')) return 'RSA';
  if (name.startsWith('ecdsa_')) return 'EC';
  if (name.startsWith('dsa_')) return 'DSA';
  return otherKeyTypes.get(name);
}

const otherKeyTypes: ReadonlyMap<string, KeyType> = new Map([
  ['ed25519', 'ED25519'],
  ['ed448', 'ED448'],
  ['mldsa44', 'ML-DSA-44'],
  ['mldsa65', 'ML-DSA-65'],
  ['mldsa87', 'ML-DSA-87'],
]);

/** The list of OpenSSL 3.0, with the schemes of 3.5 that one of our certificates needs (RFC 8734, draft-ietf-tls-mldsa). */
export const ownSchemeCodes = perSettings((settings: SignatureSettings): readonly number[] => {
  if (settings.signatureAlgorithms !== undefined) return settings.signatureAlgorithms.map((it) => it.code);
  const extended = (settings.extendedCredentials ?? []).map(({ credential }) => credential);
  const credentials = [...(settings.credentials ?? []), ...extended];
  return newerSignatureSchemes
    .map(signatureScheme)
    .filter((it) => it !== undefined)
    .filter((it) => !it.newer || credentials.some((credential) => isKeyOf(it, credential)))
    .map(({ code }) => code);
});

/** True when the key is of the scheme's type and on its curve, if it has one. */
export function isKeyOf(scheme: SignatureScheme, { keyType, group }: Credential): boolean {
  return signingKeyType(scheme) === keyType && (keyType !== 'EC' || group === curveOf(scheme));
}

function isSupported(scheme: SignatureScheme, version: number): boolean {
  const keyType = signingKeyType(scheme);
  if (keyType === undefined || (isOfTls13Alone(scheme) && version < Version['TLSv1.3'])) return false;
  return !(keyType === 'DSA' && version === Version['TLSv1.3']);
}

/** RFC 8734 section 2, draft-ietf-tls-mldsa section 3 */
export function isOfTls13Alone({ name }: SignatureScheme): boolean {
  return name.startsWith('mldsa') || name.includes('tls13');
}

/** PSS needs room for the hash twice and two bytes (RFC 8017 section 9.1.1, with a salt of the hash length). */
function isLargeEnough({ bits }: Credential, { name }: SignatureScheme): boolean {
  if (!name.startsWith('rsa_pss_')) return true;
  const hashBytes = Number(name.slice(-3)) / 8;
  return Math.ceil(bits / 8) >= 2 * hashBytes + 2;
}

/** Code point of the curve that TLS 1.3 ties to a scheme of ECDSA. */
export function curveOf({ name }: SignatureScheme): number | undefined {
  return curves.find(([word]) => name.includes(word))?.[1];
}

const curves: readonly (readonly [word: string, group: number])[] = [
  ['secp256r1', 0x0017],
  ['secp384r1', 0x0018],
  ['secp521r1', 0x0019],
  ['brainpoolP256r1', 0x001a],
  ['brainpoolP384r1', 0x001b],
  ['brainpoolP512r1', 0x001c],
];
