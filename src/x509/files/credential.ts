import { createPublicKey } from 'node:crypto';
import { equal } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { MlDsaKey } from '../../crypto/mldsa-key.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { type CertificateFacts, certificateFacts } from '../certificates/certificate.ts';
import { exchangeStrength, type KeyType, keyFacts } from '../certificates/key-facts.ts';
import { digestTooWeak, keyTooSmall, keyValuesMismatch, unknownCertificateType } from './error-lines.ts';
import { LoadFailure } from './load-failure.ts';

export type { KeyType } from '../certificates/key-facts.ts';

/** Credential is a private key with its certificate chain. */
export interface Credential {
  readonly key: PrivateKey;
  readonly keyType: KeyType;
  /** Modulus or order, in bits. */
  readonly bits: number;
  /** OpenSSL's estimate of the key's strength, which security levels compare. */
  readonly securityBits: number;
  /** Code point of an EC key's curve, if TLS has one. */
  readonly group?: number;
  /** DER, leaf first, as it goes on the wire. */
  readonly chain: readonly Uint8Array[];
}

/**
 * credential joins a key and its chain (DER, leaf first) without checking match or strength.
 * @throws {LoadFailure} for a key that cannot sign in TLS
 */
export function credential(key: PrivateKey, chain: readonly Uint8Array[]): Credential {
  const facts = keyFacts(key);
  if (facts === undefined) throw keyRefused(unknownCertificateType('ssl_set_pkey'));
  return { key, ...facts, chain };
}

/** checkKeyMatches compares the private key with the certificate's public key. @throws {LoadFailure} on mismatch */
export function checkKeyMatches(key: PrivateKey, certificate: Uint8Array): void {
  const { publicKey, publicKeyInfo, key: facts } = factsOf(certificate);
  if (key instanceof MlDsaKey) {
    if (facts?.keyType !== keyFacts(key)?.keyType)
      throw new LoadFailure('Private key does not match the certificate public key');
    // The key's bytes are the end of the BIT STRING, which is the last field.
    if (!equal(publicKeyInfo.subarray(-key.publicKey.length), key.publicKey)) throw keyRefused(keyValuesMismatch());
    return;
  }
  if (publicKey === undefined || publicKey.asymmetricKeyType !== key.asymmetricKeyType)
    throw new LoadFailure('Private key does not match the certificate public key');
  if (!createPublicKey(key).equals(publicKey)) throw keyRefused(keyValuesMismatch());
}

/**
 * checkSecurityLevel requires `minimumBits` of strength from the keys and signatures of all certificates; 0 disables
 * the check.
 * @throws {LoadFailure} for the first weak one
 */
export function checkSecurityLevel({ chain }: Pick<Credential, 'chain'>, minimumBits: number): void {
  const [leaf, ...others] = chain.map(factsOf);
  if (leaf) checkLeaf(leaf, minimumBits);
  for (const other of others) checkAuthority(other, minimumBits);
}

/**
 * checkCredential makes both checks in the reference's order: the leaf's strength, the key, the chain's strength.
 * @throws {LoadFailure}
 */
export function checkCredential(credential: Credential, minimumBits: number): void {
  const [leaf, ...others] = credential.chain;
  if (leaf === undefined) return;
  checkSecurityLevel({ chain: [leaf] }, minimumBits);
  checkKeyMatches(credential.key, leaf);
  for (const other of others) checkAuthority(factsOf(other), minimumBits);
}

function checkLeaf(leaf: CertificateFacts, minimumBits: number): void {
  const where = 'SSL_CTX_use_certificate';
  const sentence = 'error setting certificate';
  if (isTooWeak(keyStrength(leaf), minimumBits)) throw new LoadFailure(sentence, [keyTooSmall('ee', where)]);
  if (hasWeakSignature(leaf, minimumBits)) throw new LoadFailure(sentence, [digestTooWeak(where)]);
  if (leaf.key === undefined) throw new LoadFailure(sentence, [unknownCertificateType('ssl_set_cert')]);
}

function checkAuthority(authority: CertificateFacts, minimumBits: number): void {
  const where = 'ssl_cert_set0_chain';
  const sentence = 'error setting certificate chain';
  if (isTooWeak(keyStrength(authority), minimumBits)) throw new LoadFailure(sentence, [keyTooSmall('ca', where)]);
  if (hasWeakSignature(authority, minimumBits)) throw new LoadFailure(sentence, [digestTooWeak(where)]);
}

/** keyStrength covers keys for key exchange, too; -1 for an unknown key. */
function keyStrength({ key, publicKey }: CertificateFacts): number {
  return key?.securityBits ?? exchangeStrength(publicKey) ?? -1;
}

/** hasWeakSignature ignores self-signatures, which protect nothing. */
function hasWeakSignature({ selfSigned, signature }: CertificateFacts, minimumBits: number): boolean {
  return !selfSigned && isTooWeak(signature.securityBits, minimumBits);
}

function isTooWeak(bits: number, minimumBits: number): boolean {
  return minimumBits > 0 && bits < minimumBits;
}

function keyRefused(line: ErrorLine): LoadFailure {
  return new LoadFailure('error setting private key', [line]);
}

/** factsOf decodes DER. @throws {LoadFailure} for encodings that Node and OpenSSL accept beyond that */
function factsOf(certificate: Uint8Array): CertificateFacts {
  try {
    return certificateFacts(certificate);
  } catch (error) {
    throw error instanceof Malformed ? new LoadFailure(`error setting certificate: ${error.message}`) : error;
  }
}
