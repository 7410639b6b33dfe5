import { certificateAuthorities as kind } from '../../messages/extensions/certificate-authorities.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.4 */
export const certificateAuthorities = offer(kind, {
  where: 'tls_parse_certificate_authorities',
  versions: 'fromTls13',
});
