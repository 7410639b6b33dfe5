import { rest, struct } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 8446 section 4.4.4: as long as the hash; 12 bytes up to TLS 1.2, 36 in SSL 3.0. The handshake checks the length. */
export const Finished = message(20, 'Finished', struct({ verifyData: rest }));
export type Finished = MessageOf<typeof Finished>;
