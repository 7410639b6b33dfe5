import { postHandshakeAuth as kind } from '../../messages/extensions/post-handshake-auth.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.6 */
export const postHandshakeAuth = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_ctos_post_handshake_auth', malformed: 'postHandshakeAuthEncodingErr' }),
});
