import { equal } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { type CipherSuite, cipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import type { Session } from '../../sessions/session.ts';
import { sessionFromDer } from '../../sessions/session-der.ts';
import { standsForCertificate } from '../certificates/certificate-request.ts';
import { tellTickets } from '../decisions/tickets.ts';
import type { Offers } from '../extensions/index.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { reportName } from '../flow/name-choices.ts';
import { lookUpSession } from '../flow/session-cache.ts';
import { type Hello, offersDeflate } from '../hello/client-hello.ts';
import { allowsTickets } from '../policy/security-level.ts';

const where = 'tls_early_post_process_client_hello';

/** The result of the search for the client's session. */
export interface Resumption12 {
  readonly session?: Session & { readonly suite: CipherSuite; readonly origin: 'ticket' | 'id' };
  /** True when the client gets a ticket: it has none, or a stale one. */
  readonly ticketExpected: boolean;
}

/**
 * Finds the session that the client resumes up to TLS 1.2: by ticket (RFC 5077 section 3.1), otherwise by id.
 * @throws {Problem} when the hello contradicts that session
 */
export function* findSession12(flow: Flow, hello: Hello, offers: Offers): Handshake<Resumption12> {
  const { settings } = flow;
  const ticket = settings.tickets && allowsTickets(settings.securityLevel) ? offers.sessionTicket : undefined;
  if (hello.sslv2) return { ticketExpected: false };
  if (flow.previous !== undefined && !settings.resumesOnRenegotiation) return { ticketExpected: false };
  if (flow.context.version > Version.SSLv3) tellTickets(flow);
  const origin = ticket === undefined || ticket.length === 0 ? 'id' : 'ticket';
  const found =
    ticket === undefined || origin === 'id'
      ? { session: yield* lookUp(flow, hello.message.sessionId), renew: ticket !== undefined }
      : openTicket(flow, hello, ticket);
  const session = found.session && usable(flow, found.session, hello, offers);
  if (ticket !== undefined && ticket.length > 0) reportTicket(flow, ticket, session !== undefined);
  if (session === undefined) return { ticketExpected: ticket !== undefined };
  settings.statistics.hits++;
  flow.resumes = session;
  const suite = suiteOf(session, hello);
  return { session: { ...session, suite, origin }, ticketExpected: found.renew };
}

function reportTicket({ tell }: Flow, ticket: Uint8Array, good: boolean): void {
  const why = good ? 'its session can be resumed' : 'not ours, too old, or of another kind of session';
  reportName(tell, 'ticket', { chosen: good ? ticket : undefined, from: [ticket] }, why);
}

function* lookUp(flow: Flow, id: Uint8Array): Handshake<Session | undefined> {
  return id.length === 0 ? undefined : yield* lookUpSession(flow, id);
}

/** Opens a ticket. Its session gets the id of the hello, which the ServerHello repeats. */
function openTicket(
  { settings }: Flow,
  hello: Hello,
  ticket: Uint8Array,
): { session: Session | undefined; renew: boolean } {
  const opened = settings.ticketKeys.open(ticket);
  if (opened === undefined) return { session: undefined, renew: true };
  return { session: sessionIn(opened.plain, Uint8Array.from(hello.message.sessionId)), renew: opened.renew };
}

function sessionIn(plain: Uint8Array, id: Uint8Array): Session | undefined {
  try {
    return { ...sessionFromDer(plain), id };
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Undefined for another context or version, or an expired session: a full handshake follows. */
function usable(flow: Flow, session: Session, hello: Hello, offers: Offers): Session | undefined {
  if (!isUsable(flow, session) || session.version !== flow.wireVersion) return undefined;
  const extended = flow.settings.extendedMasterSecret && offers.extendedMasterSecret !== undefined;
  // RFC 7627 section 5.3: a session with the extension must not be resumed without it; a session without it may be
  // replaced.
  if (session.extendedMasterSecret && !extended) throw new Problem('inconsistentExtms', 'ssl_get_prev_session');
  if (session.compression !== 0 && !offersDeflate(flow, hello)) return undefined;
  const suite = cipherSuite(session.cipherSuite);
  if (suite !== undefined && !standsForCertificate(flow, session, suite)) return undefined;
  return session.extendedMasterSecret === extended ? session : undefined;
}

/** True when the session has our context and has not expired. */
export function isUsable({ settings, surroundings }: Flow, session: Session): boolean {
  if (!equal(session.idContext, settings.sessionIdContext)) return false;
  const fresh = surroundings.now() / 1000 - session.time <= session.timeout;
  if (!fresh) settings.statistics.timeouts++;
  return fresh;
}

function suiteOf(session: Session, { message }: Hello): CipherSuite {
  const suite = cipherSuite(session.cipherSuite);
  if (suite === undefined || !message.cipherSuites.includes(suite.code))
    throw new Problem('requiredCipherMissing', where);
  return suite;
}
