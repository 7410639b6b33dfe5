import { clientCertificateType as kind } from '../../messages/extensions/client-certificate-type.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import { Problem } from '../../names/problems.ts';
import type { Settings } from '../settings.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';
import { CertificateType } from './server-certificate-type.ts';

/** RFC 7250 section 3 */
export const clientCertificateType = offer(kind, { where: 'tls_parse_ctos_client_cert_type' });

/** Says that the client is to send its bare public key; of a certificate, which is the rule, nothing is said. */
export const answerClientCertificateType: Answer = ({ clientRawPublicKey }) =>
  clientRawPublicKey ? encodeExtension(kind, 'serverHello', CertificateType.rawPublicKey) : undefined;

/**
 * Whether a client that is asked sends its bare public key. Our order counts, which begins with it.
 * @throws {Problem} when the client has no form that we take
 */
export function takesRawPublicKey({ clientAuthentication }: Settings, offered: readonly number[] | undefined): boolean {
  if (!clientAuthentication?.rawPublicKeys || offered === undefined) return false;
  if (offered.includes(CertificateType.rawPublicKey)) return true;
  if (offered.includes(CertificateType.x509)) return false;
  throw new Problem('badExtension', 'tls_construct_stoc_client_cert_type', { alert: 'unsupported_certificate' });
}
