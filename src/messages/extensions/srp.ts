import { text } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/** The user's name, RFC 5054 section 2.8.1. */
export const srp = extension({ code: 12, name: 'srp', in: { clientHello: text(1, 255) } });
