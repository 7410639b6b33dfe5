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

/** A private key with the certificates that go with it. */
export interface Credential {
  readonly key: PrivateKey;
  readonly keyType: KeyType;
  /** Modulus or order, in bits. */
  readonly bits: number;
  /** OpenSSL's estimate of the key's strength, which security levels compare. */
  readonly securityBits: number;
  /** Code point of the curve of an EC key, if the curve has one. */
  readonly group?: number;
  /** DER, leaf first, as it goes on the wire. */
  readonly chain: readonly Uint8Array[];
}

/**
 * `chain`: DER, leaf first. Whether the key fits and is strong enough is not looked at here.
 * @throws {LoadFailure} for a key that signs nothing in TLS
 */
export function credential(key: PrivateKey, chain: readonly Uint8Array[]): Credential {
  const facts = keyFacts(key);
  if (facts === undefined) throw keyRefused(unknownCertificateType('ssl_set_pkey'));
  return { key, ...facts, chain };
}

/** @throws {LoadFailure} where the private key is not that of the certificate */
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
 * Keys and signatures of all certificates against `minimumBits`, the strength that a security level asks for; 0 asks
 * for nothing.
 * @throws {LoadFailure} for the first that is too weak
 */
export function checkSecurityLevel({ chain }: Pick<Credential, 'chain'>, minimumBits: number): void {
  const [leaf, ...others] = chain.map(factsOf);
  if (leaf) checkLeaf(leaf, minimumBits);
  for (const other of others) checkAuthority(other, minimumBits);
}

/**
 * All of the above in the order in which the reference finds fault: the leaf's strength, the key, the chain's strength.
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

/** A key for key exchange only has a strength too. */
function keyStrength({ key, publicKey }: CertificateFacts): number {
  return key?.securityBits ?? exchangeStrength(publicKey) ?? -1;
}

/** Nobody relies on the signature that a certificate makes on itself. */
function hasWeakSignature({ selfSigned, signature }: CertificateFacts, minimumBits: number): boolean {
  return !selfSigned && isTooWeak(signature.securityBits, minimumBits);
}

function isTooWeak(bits: number, minimumBits: number): boolean {
  return minimumBits > 0 && bits < minimumBits;
}

function keyRefused(line: ErrorLine): LoadFailure {
  return new LoadFailure('error setting private key', [line]);
}

/** @throws {LoadFailure} for one that is not DER: Node and OpenSSL read some other encodings too */
function factsOf(certificate: Uint8Array): CertificateFacts {
  try {
    return certificateFacts(certificate);
  } catch (error) {
    throw error instanceof Malformed ? new LoadFailure(`error setting certificate: ${error.message}`) : error;
  }
}
