import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { publicKeyInfo } from '../../crypto/signing-keys.ts';
import { issueCertificate } from './certificate-recipe.ts';
import { certificateSigner } from './certificate-signer.ts';
import { type Issuing, serverRecipe } from './profiles.ts';

export interface SelfSignedOptions extends Issuing {
  /** Host names and IP addresses; the first is the common name. */
  readonly names: readonly string[];
}

/** selfSigned creates a P-256 key and a self-signed certificate (DER) valid for 30 days. */
export function selfSigned(options: SelfSignedOptions): { key: KeyObject; certificate: Uint8Array } {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const leaf = { ...options, publicKeyInfo: publicKeyInfo(key) };
  return { key, certificate: issueCertificate(serverRecipe(leaf, certificateSigner(key))) };
}

/** fingerprint returns the SHA-256 of a certificate in the format of browsers and `openssl x509 -fingerprint`. */
export function fingerprint(certificate: Uint8Array): string {
  const digest = createHash('sha256').update(certificate).digest('hex').toUpperCase();
  return (digest.match(/../g) ?? []).join(':');
}
