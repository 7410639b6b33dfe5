import { type SignatureScheme, signatureScheme } from '../../names/signature-schemes.ts';
import { Version } from '../../names/versions.ts';
import { certificateFacts } from '../../x509/certificates/certificate.ts';
import type { Credential, KeyType } from '../../x509/files/credential.ts';
import type { ExtendedCredential, Settings } from '../flow/settings.ts';
import type { ChainCheck } from '../flow/telling.ts';
import { acceptableCredentials } from '../hello/suite-choice.ts';
import { chooseSignature, signingKeyType } from '../policy/signature-choice.ts';
import type { ClientOffer } from './client-offer.ts';

/** Checks a certificate against a client's offer. `-strict` also checks the certificates above it. */
export function checkChain(
  { credential, chain }: ExtendedCredential,
  offer: CheckedOffer,
  settings: Pick<Settings, 'signatureAlgorithms' | 'strictCertificates'>,
): ChainCheck {
  const signatures = signatureChecks({ credential, chain }, offer, settings);
  const { leafSignature, chainSignatures } = signatures;
  const takesCurve = curveCheck(offer);
  const leafParameters = takesCurve(credential);
  const chainParameters = chain.every((it) => {
    const { key } = certificateFacts(it);
    return key === undefined || takesCurve(key);
  });
  const leafCounts = leafSignature && leafParameters;
  const valid = leafCounts && (!settings.strictCertificates || (chainSignatures && chainParameters));
  return { valid, ...signatures, leafParameters, chainParameters };
}

/** The parts of a client's offer that the check uses. */
type CheckedOffer = Pick<ClientOffer, 'version' | 'offers' | 'sharedSchemes'>;

type SignatureChecks = Pick<ChainCheck, 'signs' | 'signsExplicitly' | 'leafSignature' | 'chainSignatures'>;

function signatureChecks(
  { credential, chain }: Pick<ExtendedCredential, 'credential' | 'chain'>,
  offer: CheckedOffer,
  settings: Pick<Settings, 'signatureAlgorithms'>,
): SignatureChecks {
  const { version, offers, sharedSchemes } = offer;
  if (version < Version['TLSv1.2']) {
    return { signs: true, signsExplicitly: true, leafSignature: true, chainSignatures: true };
  }
  const isNamed = offers.signatureAlgorithms !== undefined;
  const tls13 = version >= Version['TLSv1.3'];
  const usable = sharedSchemes.filter(({ name }) => !tls13 || !name.startsWith('rsa_pkcs1_'));
  const signs = usable.some((it) => signingKeyType(it) === credential.keyType);
  const takes = isNamed ? takesSignature(offer) : takesImplied(credential.keyType, settings);
  const [leaf] = credential.chain;
  const leafSignature = tls13
    ? chooseSignature({
        version,
        shared: sharedSchemes,
        credentials: [credential],
        certificateSchemes: offers.signatureAlgorithmsCert,
      }) !== undefined
    : leaf !== undefined && takes(leaf);
  return { signs, signsExplicitly: isNamed && signs, leafSignature, chainSignatures: chain.every(takes) };
}

/**
 * In TLS 1.3 the client may list certificate signatures separately; the reference knows no PSS and no Edwards curve
 * here.
 */
function takesSignature({ version, offers, sharedSchemes }: CheckedOffer): (certificate: Uint8Array) => boolean {
  const named = version >= Version['TLSv1.3'] ? offers.signatureAlgorithmsCert : undefined;
  const schemes: readonly (SignatureScheme | undefined)[] = named ? named.map(signatureScheme) : sharedSchemes;
  const taken = new Set(schemes.map((it) => it && signatureOn(it.name)));
  return (certificate) => {
    const { keyType, hash } = certificateFacts(certificate).signature;
    return taken.has(`${keyType} ${hash}`);
  };
}

/** RFC 5246 section 7.4.1.4.1: SHA-1 with the type of the key, unless our own list excludes it. */
function takesImplied(keyType: KeyType, { signatureAlgorithms }: Pick<Settings, 'signatureAlgorithms'>) {
  const implied = keyType === 'RSA' || keyType === 'DSA' || keyType === 'EC' ? `${keyType} sha1` : undefined;
  if (implied === undefined) return () => true;
  if (signatureAlgorithms !== undefined && !signatureAlgorithms.some(({ name }) => signatureOn(name) === implied)) {
    return () => false;
  }
  return (certificate: Uint8Array) => {
    const { signature } = certificateFacts(certificate);
    return `${signature.keyType} ${signature.hash}` === implied;
  };
}

/** Key type and hash of a scheme; undefined for schemes without separate hash. */
function signatureOn(name: string): string | undefined {
  const [, kind = '', hash] = /^(rsa_pkcs1|ecdsa|dsa)_(?:.*_)?(sha\d+)$/.exec(name) ?? [];
  const keyType = { rsa_pkcs1: 'RSA', ecdsa: 'EC', dsa: 'DSA' }[kind];
  return keyType && `${keyType} ${hash}`;
}

function curveCheck({ offers }: CheckedOffer): (key: Pick<Credential, 'keyType' | 'group'>) => boolean {
  return (key) => acceptableCredentials([key], offers.supportedGroups).length > 0;
}
