import { certificateAuthorities as kind } from '../../messages/extensions/certificate-authorities.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.4 */
export const certificateAuthorities = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'parse_ca_names', malformed: 'lengthMismatch' }),
  answers: { certificateRequest: ({ authorityNames }) => (authorityNames.length > 0 ? authorityNames : undefined) },
});
