import { sessionTicket as kind } from '../../messages/extensions/session-ticket.ts';
import type { Flow } from '../flow/flow.ts';
import { isResumable } from '../flow/session-cache.ts';
import { type Round12, serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 5077 section 3.2. The choice is true when a NewSessionTicket follows. */
export const sessionTicket = serverExtension(kind, {
  versions: 'upToTls12',
  offer: offer(kind, { where: 'tls_parse_ctos_session_ticket' }),
  choose: givesTicket,
  answers: { serverHello12: (_round, gives) => (gives ? {} : undefined) },
});

/** The client's ticket has been checked before (resume12.ts). */
function givesTicket(_offered: unknown, { settings }: Flow, { ticketDue, resumed, cipherSuite }: Round12): boolean {
  return ticketDue && (resumed || isResumable(settings, cipherSuite));
}
