import { empty, extension } from './extension.ts';

/** RFC 8446 section 4.2.6 */
export const postHandshakeAuth = extension({ code: 49, name: 'post_handshake_auth', in: { clientHello: empty } });
