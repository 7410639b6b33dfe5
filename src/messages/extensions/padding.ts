import { rest } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/** RFC 7685. Servers do not check that the bytes are zero. */
export const padding = extension({ code: 21, name: 'padding', in: { clientHello: rest } });
