import { struct } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 8446 section 4.5 */
export const EndOfEarlyData = message(5, 'EndOfEarlyData', struct({}));
export type EndOfEarlyData = MessageOf<typeof EndOfEarlyData>;
