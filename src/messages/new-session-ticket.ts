import { opaque, struct, u32, vector } from '../bytes/wire.ts';
import { Extension } from './extensions/extension.ts';
import { byVersion, type MessageOf, message } from './message.ts';

/** RFC 5077 section 3.3. The hint is in seconds. */
export const NewSessionTicket12 = message(
  4,
  'NewSessionTicket',
  struct({ ticketLifetimeHint: u32, ticket: opaque(0, 65535) }),
);
export type NewSessionTicket12 = MessageOf<typeof NewSessionTicket12>;

/** RFC 8446 section 4.6.1. The lifetime is in seconds. */
export const NewSessionTicket13 = message(
  4,
  'NewSessionTicket',
  struct({
    ticketLifetime: u32,
    ticketAgeAdd: u32,
    ticketNonce: opaque(0, 255),
    ticket: opaque(1, 65535),
    extensions: vector(Extension, 0, 65534),
  }),
);
export type NewSessionTicket13 = MessageOf<typeof NewSessionTicket13>;

export const NewSessionTicket = byVersion(NewSessionTicket12, NewSessionTicket13);
export type NewSessionTicket = MessageOf<typeof NewSessionTicket>;
