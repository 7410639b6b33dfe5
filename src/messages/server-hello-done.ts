import { struct } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 5246 section 7.4.5 */
export const ServerHelloDone = message(14, 'ServerHelloDone', struct({}));
export type ServerHelloDone = MessageOf<typeof ServerHelloDone>;
