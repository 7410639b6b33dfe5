import { opaque, struct, u16, u32, vector } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

/** The age is in milliseconds, with ticket_age_add added modulo 2^32. */
const PskIdentity = struct({ identity: opaque(1, 65535), obfuscatedTicketAge: u32 });

/** The tail of a ClientHello that the transcript for the binders leaves out. */
export const PskBinders = vector(opaque(32, 255), 33, 65535);

/** RFC 8446 section 4.2.11; the last extension of a ClientHello. The answer is the index of the chosen identity. */
export const preSharedKey = extension({
  code: 41,
  name: 'pre_shared_key',
  in: {
    clientHello: struct({ identities: vector(PskIdentity, 7, 65535), binders: PskBinders }),
    serverHello: u16,
  },
});
