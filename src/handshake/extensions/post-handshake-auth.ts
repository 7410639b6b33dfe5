import { postHandshakeAuth as kind } from '../../messages/extensions/post-handshake-auth.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.6 */
export const postHandshakeAuth = offer(kind, {
  where: 'tls_parse_ctos_post_handshake_auth',
  versions: 'fromTls13',
  malformed: 'postHandshakeAuthEncodingErr',
});
