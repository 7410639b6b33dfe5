import { opaque, struct } from '../bytes/wire.ts';
import { ProtocolVersion } from './code-points.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 6347 section 4.2.1; never part of the transcript. */
export const HelloVerifyRequest = message(
  3,
  'HelloVerifyRequest',
  struct({ serverVersion: ProtocolVersion, cookie: opaque(0, 255) }),
);
export type HelloVerifyRequest = MessageOf<typeof HelloVerifyRequest>;
