import { cookie as kind } from '../../messages/extensions/cookie.ts';
import { type Extension, encodeExtension } from '../../messages/extensions/extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.2 */
export const cookie = offer(kind, {
  where: 'tls_parse_ctos_cookie',
  versions: 'fromTls13',
  malformed: 'lengthMismatch',
});

/** Asks the client to come again with this. */
export function cookieRequest(value: Uint8Array): Extension {
  return encodeExtension(kind, 'helloRetryRequest', value);
}
