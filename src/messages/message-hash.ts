import { rest, struct } from '../bytes/wire.ts';
import { type MessageOf, message } from './message.ts';

/** Stands for the first ClientHello in the transcript after a HelloRetryRequest; never sent. RFC 8446 section 4.4.1. */
export const MessageHash = message(254, 'MessageHash', struct({ hash: rest }));
export type MessageHash = MessageOf<typeof MessageHash>;
