import { constants, createPublicKey, getHashes, type KeyObject, verify } from 'node:crypto';
import { objectIdentifier, sequence, Tag } from '../../bytes/der.ts';
import { equal, view } from '../../bytes/hex.ts';
import { MlDsaPublicKey, mlDsaPublicKey } from '../../crypto/mldsa-key.ts';
import type { PublicKey } from '../../crypto/signatures.ts';
import { isSm2Signature, verifySm2 } from '../../crypto/sm2.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { Structure } from '../asn1/structure.ts';
import { type CertificateSignature, pssParameters } from '../certificates/signature-algorithms.ts';
import { dsa, dsaWithoutParameters, isSm2Key } from './key-kind.ts';
import type { PathCertificate } from './path-certificate.ts';
import * as lines from './signature-lines.ts';

/** Signed is a certificate or a list. */
export interface Signed {
  readonly tbs: Uint8Array;
  readonly signature: CertificateSignature;
  readonly signatureAlgorithm: Uint8Array;
  readonly signedAlgorithm: Uint8Array;
  readonly signatureValue: Uint8Array;
  /** Unused bits of the last byte; 0 in a valid signature. */
  readonly unusedBits: number;
}

/**
 * signatureFault verifies a signature: undefined if valid, otherwise the lines that it leaves in the reference's error
 * queue, which may be none. An algorithm that does not fit the key is a fault. `distinguishingId`: the SM2 signer's.
 */
export function signatureFault(
  signed: Signed,
  key: PublicKey,
  distinguishingId?: Uint8Array,
): readonly ErrorLine[] | undefined {
  const { signature, unusedBits } = signed;
  if (!equal(signed.signatureAlgorithm, signed.signedAlgorithm)) return [];
  if (unusedBits > 0) return lines.unusedBits();
  if (signature.oid === pssOid) return pssFault(signed, key);
  if (signature.hash !== undefined && !isKnownHash(signature.hash)) return lines.unknownDigest();
  if (!isOwnKind(signature, key)) return lines.wrongKeyType();
  if (isVerified(signed, key, distinguishingId)) return undefined;
  switch (signature.keyType) {
    case 'RSA':
      return key instanceof MlDsaPublicKey ? [] : lines.wrongRsaSignature(signed.signatureValue, key);
    case 'SM2':
      return lines.wrongSm2Signature(isSm2Signature(signed.signatureValue) ? 'other' : 'malformed');
    default:
      return lines.wrongSignature();
  }
}

function isVerified(
  { tbs, signature, signatureValue }: Signed,
  key: PublicKey,
  distinguishingId?: Uint8Array,
): boolean {
  if (key instanceof MlDsaPublicKey) return key.verify(tbs, signatureValue);
  try {
    if (signature.keyType === 'SM2' && distinguishingId !== undefined) {
      return verifySm2(tbs, signatureValue, pointOf(key), distinguishingId);
    }
    // Node verifies SM2 with an empty identifier, as OpenSSL does without `distid`.
    return verify(signature.hash ?? null, tbs, key, signatureValue);
  } catch {
    return false;
  }
}

/** isKnownHash asks Node, whose hashes are the reference's. */
function isKnownHash(name: string): boolean {
  return getHashes().includes(name);
}

function isOwnKind({ keyType }: CertificateSignature, key: PublicKey): boolean {
  // Some versions of Node have no name for keys of SM2.
  if (keyType === 'SM2') return !(key instanceof MlDsaPublicKey) && isSm2Key(infoOf(key));
  return key.asymmetricKeyType === keyType?.toLowerCase();
}

function infoOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** pointOf returns the contents of the subjectPublicKey. */
function pointOf(key: KeyObject): Uint8Array {
  const info = new Structure(infoOf(key)).sequence('subjectPublicKeyInfo');
  info.take('algorithm');
  return info.take('subjectPublicKey', Tag.bitString).body.subarray(1);
}

const pssOid = '1.2.840.113549.1.1.10';

/** pssFault verifies RSA-PSS with the parameters of RFC 4055 section 3.1. */
function pssFault(signed: Signed, key: PublicKey): readonly ErrorLine[] | undefined {
  const { tbs, signatureAlgorithm, signatureValue } = signed;
  if (key instanceof MlDsaPublicKey || !/^rsa/.test(key.asymmetricKeyType ?? '')) return lines.wrongKeyType();
  const fields = new Structure(signatureAlgorithm).sequence('algorithm');
  fields.take('algorithm', Tag.objectIdentifier);
  const parameters = pssParameters(fields);
  if (parameters?.hash === undefined) return lines.badPssParameters();
  const { hash, saltLength, trailer } = parameters;
  if (saltLength < 0) return lines.badPssParameters('salt length');
  if (trailer !== 1n) return lines.badPssParameters('trailer');
  try {
    const pss = { key: pssKey(key, signatureAlgorithm), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
    return verify(hash, tbs, pss, signatureValue) ? undefined : lines.wrongSignature();
  } catch {
    return lines.wrongSignature();
  }
}

/** pssKey restricts an unrestricted key to the signature's parameters. */
function pssKey(key: KeyObject, signatureAlgorithm: Uint8Array): KeyObject {
  const isRestricted = key.asymmetricKeyType === 'rsa-pss' && key.asymmetricKeyDetails?.hashAlgorithm !== undefined;
  return isRestricted ? key : restricted(key, signatureAlgorithm);
}

function restricted(key: KeyObject, algorithm: Uint8Array): KeyObject {
  const info = new Structure(infoOf(key)).sequence('subjectPublicKeyInfo');
  info.take('algorithm', Tag.sequence);
  const value = info.take('subjectPublicKey', Tag.bitString).encoding;
  return createPublicKey({ key: view(sequence(algorithm, value)), type: 'spki', format: 'der' });
}

/**
 * publicKeyAt returns the key of the certificate at this depth; undefined for an unusable one. A DSA key without
 * parameters inherits those of its issuer (RFC 3279 section 2.3.2).
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
