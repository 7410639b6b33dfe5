import { opaque } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const Cookie = opaque(1, 65535);

/** RFC 8446 section 4.2.2 */
export const cookie = extension({ code: 44, name: 'cookie', in: { clientHello: Cookie, helloRetryRequest: Cookie } });
