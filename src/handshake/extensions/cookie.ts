import { cookie as kind } from '../../messages/extensions/cookie.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.2 */
export const cookie = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_ctos_cookie', malformed: 'lengthMismatch' }),
  isOn: ({ cookieKeys }) => cookieKeys !== undefined,
  answers: { helloRetryRequest: (retry) => retry.cookie },
});
