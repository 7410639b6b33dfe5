import { rest } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/** RFC 7685. That the bytes are zero is not checked by servers. */
export const padding = extension({ code: 21, name: 'padding', in: { clientHello: rest } });
