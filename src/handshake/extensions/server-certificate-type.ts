import { encodeExtension } from '../../messages/extensions/extension.ts';
import { serverCertificateType as kind } from '../../messages/extensions/server-certificate-type.ts';
import { Problem } from '../../names/problems.ts';
import type { Settings } from '../settings.ts';
import type { Agreed, Answer } from './answer.ts';
import { offer } from './offer.ts';

/** The forms of RFC 7250 section 3 that there are keys for. */
export const CertificateType = { x509: 0, rawPublicKey: 2 } as const;
type CertificateType = (typeof CertificateType)[keyof typeof CertificateType];

/** RFC 7250 section 3 */
export const serverCertificateType = offer(kind, { where: 'tls_parse_ctos_server_cert_type' });

/** Says in which form the certificate comes; nothing when none comes, or when nobody asked. */
export const answerServerCertificateType: Answer = ({ settings, offers, resumed, cipherSuite }) => {
  const type = certificateType(settings, offers);
  if (type === undefined || resumed || withoutCertificate.has(cipherSuite.authentication)) return undefined;
  return encodeExtension(kind, 'serverHello', type);
};

/** Whether the client gets the bare public key. @throws {Problem} when it can take no form that we have */
export function sendsRawPublicKey(settings: Settings, offers: Agreed['offers']): boolean {
  return certificateType(settings, offers) === CertificateType.rawPublicKey;
}

/** Our order counts, which begins with the bare key. Undefined: this is not negotiated. */
function certificateType(
  { rawPublicKey }: Settings,
  { serverCertificateType: offered }: Agreed['offers'],
): CertificateType | undefined {
  if (!rawPublicKey || offered === undefined) return undefined;
  const chosen = [CertificateType.rawPublicKey, CertificateType.x509].find((it) => offered.includes(it));
  if (chosen !== undefined) return chosen;
  throw new Problem('badExtension', 'tls_construct_stoc_server_cert_type', { alert: 'unsupported_certificate' });
}

/** Authentications of cipher suites. */
const withoutCertificate: ReadonlySet<string> = new Set(['None', 'PSK', 'SRP']);
