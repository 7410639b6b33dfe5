import { mlDsaPublicKey } from '../../crypto/mldsa-key.ts';
import type { PublicKey } from '../../crypto/signatures.ts';
import type { CertificateFacts } from '../../x509/certificates/certificate.ts';

/** Signer is the key of a certificate or a raw public key. */
export interface Signer extends Pick<CertificateFacts, 'key'> {
  /** Undefined when its algorithm is unknown or its value invalid. */
  readonly publicKey: PublicKey | undefined;
}

/** Parses the key, also one that Node does not understand and we do. `publicKeyInfo` is a SubjectPublicKeyInfo. */
export function signerOf(
  { publicKey, key }: Pick<CertificateFacts, 'publicKey' | 'key'>,
  publicKeyInfo: Uint8Array,
): Signer {
  return { publicKey: publicKey ?? mlDsaPublicKey(publicKeyInfo), key };
}
