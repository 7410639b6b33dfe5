import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { objectIdentifier, sequence, Tag } from '../../bytes/der.ts';
import { equal, view } from '../../bytes/hex.ts';
import { MlDsaPublicKey, mlDsaPublicKey } from '../../crypto/mldsa-key.ts';
import type { PublicKey } from '../../crypto/signatures.ts';
import { countFrom } from '../extensions/count.ts';
import type { CertificateSignature } from '../signature-algorithms.ts';
import { Structure } from '../structure.ts';
import { dsa, dsaWithoutParameters, isSm2Key } from './key-kind.ts';
import type { PathCertificate } from './path-certificate.ts';

/** A certificate or a list: something that is signed. */
export interface Signed {
  readonly tbs: Uint8Array;
  readonly signature: CertificateSignature;
  readonly signatureAlgorithm: Uint8Array;
  readonly signedAlgorithm: Uint8Array;
  readonly signatureValue: Uint8Array;
}

/** False for every reason that a signature can be wrong, an algorithm that the key cannot do among them. */
export function isSignedBy(signed: Signed, key: PublicKey): boolean {
  const { tbs, signature, signatureValue } = signed;
  if (!equal(signed.signatureAlgorithm, signed.signedAlgorithm)) return false;
  const { keyType, hash } = signature;
  if (key instanceof MlDsaPublicKey) return isOwnKind(signature, key) && key.verify(tbs, signatureValue);
  try {
    switch (keyType) {
      case undefined:
        return false;
      case 'ED25519':
      case 'ED448':
      case 'ML-DSA-44':
      case 'ML-DSA-65':
      case 'ML-DSA-87':
        return isOwnKind(signature, key) && verify(null, tbs, key, signatureValue);
      case 'RSA-PSS':
        return hash !== undefined && verifyPss(signed, hash, key);
      case 'SM2':
        // Node verifies with an empty identity, as OpenSSL does without `distid`.
        return hash !== undefined && isSm2(key) && verify(hash, tbs, key, signatureValue);
      default:
        return hash !== undefined && isOwnKind(signature, key) && verify(hash, tbs, key, signatureValue);
    }
  } catch {
    return false;
  }
}

function isOwnKind({ keyType }: CertificateSignature, key: PublicKey): boolean {
  return key.asymmetricKeyType === keyType?.toLowerCase();
}

/** Not every Node has a name for such keys. */
function isSm2(key: KeyObject): boolean {
  return isSm2Key(key.export({ type: 'spki', format: 'der' }));
}

/** RFC 4055 section 3.1. A key of plain RSA becomes one that can do only what the signature's parameters say. */
function verifyPss({ tbs, signatureAlgorithm, signatureValue }: Signed, hash: string, key: KeyObject): boolean {
  const isRestricted = key.asymmetricKeyType === 'rsa-pss' && key.asymmetricKeyDetails?.hashAlgorithm !== undefined;
  const pssKey = isRestricted ? key : restricted(key, signatureAlgorithm);
  const saltLength = saltLengthOf(signatureAlgorithm);
  return verify(hash, tbs, { key: pssKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signatureValue);
}

function restricted(key: KeyObject, algorithm: Uint8Array): KeyObject {
  const info = new Structure(key.export({ type: 'spki', format: 'der' })).sequence('subjectPublicKeyInfo');
  info.take('algorithm', Tag.sequence);
  const value = info.take('subjectPublicKey', Tag.bitString).encoding;
  return createPublicKey({ key: view(sequence(algorithm, value)), type: 'spki', format: 'der' });
}

function saltLengthOf(algorithm: Uint8Array): number {
  const fields = new Structure(algorithm).sequence('algorithm');
  fields.take('algorithm', Tag.objectIdentifier);
  const parameters = fields.sequence('parameters');
  parameters.takeIf('hashAlgorithm', 0xa0);
  parameters.takeIf('maskGenAlgorithm', 0xa1);
  const salt = parameters.takeIf('saltLength', 0xa2);
  return salt ? countFrom(new Structure(salt.body).take('saltLength', Tag.integer).body) : 20;
}

/**
 * The key of the certificate at this depth. A DSA key without parameters has those of its issuer (RFC 3279 section
 * 2.3.2). Undefined where there is no key that can be used.
 */
export function publicKeyAt(chain: readonly PathCertificate[], depth: number): PublicKey | undefined {
  const certificate = chain[depth];
  if (certificate === undefined) return undefined;
  const { publicKey, publicKeyInfo } = certificate.facts;
  const known = publicKey ?? mlDsaPublicKey(publicKeyInfo);
  if (known) return known;
  const value = dsaWithoutParameters(publicKeyInfo);
  const issuerKey = value && chain.slice(depth + 1).find(({ facts }) => facts.publicKey !== undefined)?.facts;
  if (value === undefined || issuerKey?.publicKey?.asymmetricKeyType !== 'dsa') return undefined;
  const issuerInfo = new Structure(issuerKey.publicKeyInfo).sequence('subjectPublicKeyInfo');
  const algorithm = issuerInfo.sequence('algorithm');
  algorithm.take('algorithm');
  const parameters = algorithm.take('parameters').encoding;
  try {
    const info = sequence(sequence(objectIdentifier(dsa), parameters), value);
    return createPublicKey({ key: view(info), type: 'spki', format: 'der' });
  } catch {
    return undefined;
  }
}
