import { struct } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 5246 section 7.4.1.1; never part of the transcript. */
export const HelloRequest = message(0, 'HelloRequest', struct({}));
export type HelloRequest = MessageOf<typeof HelloRequest>;
