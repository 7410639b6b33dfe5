import { rest } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** RFC 5077 section 3.2: a ticket, or nothing when the client has none. */
export const sessionTicket = extension({
  code: 35,
  name: 'session_ticket',
  in: { clientHello: rest, serverHello: empty },
});
