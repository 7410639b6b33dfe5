import { mlDsaPublicKey } from '../../crypto/mldsa-key.ts';
import type { PublicKey } from '../../crypto/signatures.ts';
import type { CertificateFacts } from '../../x509/certificates/certificate.ts';

/** What a certificate or a bare key says of its key. */
export interface Signer extends Pick<CertificateFacts, 'key'> {
  /** Undefined where its algorithm is not known or its value is not sound. */
  readonly publicKey: PublicKey | undefined;
}

/** Also with a key that Node does not understand and we do. `publicKeyInfo`: SubjectPublicKeyInfo. */
export function signerOf(
  { publicKey, key }: Pick<CertificateFacts, 'publicKey' | 'key'>,
  publicKeyInfo: Uint8Array,
): Signer {
  return { publicKey: publicKey ?? mlDsaPublicKey(publicKeyInfo), key };
}
