import { encodeExtension } from '../../messages/extensions/extension.ts';
import { sessionTicket as kind } from '../../messages/extensions/session-ticket.ts';
import type { Answer } from './answer.ts';
import { offer } from './offer.ts';

/** RFC 5077 section 3.2 */
export const sessionTicket = offer(kind, { where: 'tls_parse_ctos_session_ticket', versions: 'upToTls12' });

/** A NewSessionTicket will come. */
export const answerSessionTicket: Answer = ({ ticketExpected }) =>
  ticketExpected ? encodeExtension(kind, 'serverHello', {}) : undefined;
