import { equal, latin1 } from '../../bytes/hex.ts';
import { type CipherSuite, cipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import { Version } from '../../names/versions.ts';
import { type Session, wholeSession } from '../../sessions/session.ts';
import { standsForCertificate } from '../certificates/certificate-request.ts';
import { tellTickets } from '../decisions/tickets.ts';
import type { Offers } from '../extensions/index.ts';
import { type AskedName, isSameName } from '../extensions/server-name.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { reportName } from '../flow/name-choices.ts';
import { lookUpSession } from '../flow/session-cache.ts';
import { type Hello, offersDeflate } from '../hello/client-hello.ts';
import { isEnabledIn } from '../hello/suite-choice.ts';
import { allowsTickets } from '../policy/security-level.ts';
import { sessionIn } from '../resumption/tickets.ts';

const where = 'tls_early_post_process_client_hello';

/** The result of the search for the client's session. */
export interface Resumption12 {
  readonly session?: Session & { readonly suite: CipherSuite; readonly origin: 'ticket' | 'id' };
  /** True when the client gets a ticket: it has none, or a stale one. */
  readonly ticketExpected: boolean;
}

/** A session that the client names, before the checks for its resumption. */
export interface Candidate12 {
  readonly session?: Session | undefined;
  /** Undefined for a session that is named by its id. */
  readonly ticket?: Uint8Array;
  /** A ticket is due in a full handshake. */
  readonly takesTickets: boolean;
  /** A ticket is due after a resumption too. */
  readonly renew: boolean;
}

/** Finds the session that the client names up to TLS 1.2: by ticket (RFC 5077 section 3.1), otherwise by id. */
export function* findSession12(flow: Flow, hello: Hello, offers: Offers): Handshake<Candidate12> {
  const { settings } = flow;
  const ticket = settings.tickets && allowsTickets(settings.securityLevel) ? offers.sessionTicket : undefined;
  const isKept = flow.previous === undefined || settings.resumesOnRenegotiation;
  if (hello.sslv2 || !isKept) return { takesTickets: false, renew: false };
  if (flow.context.version > Version.SSLv3) tellTickets(flow);
  const takesTickets = ticket !== undefined;
  if (ticket !== undefined && ticket.length > 0)
    return { ...(yield* openTicket(flow, hello, ticket)), ticket, takesTickets };
  return { session: yield* lookUp(flow, hello.message.sessionId), takesTickets, renew: takesTickets };
}

/** Resumes the session, unless a full handshake has to follow. @throws {Problem} when the client breaks a promise of it */
export function resume12(
  flow: Flow,
  hello: Hello,
  offers: Offers,
  { session: found, ticket, takesTickets, renew, asked }: Candidate12 & { readonly asked: AskedName },
): Resumption12 {
  const isServed = found !== undefined && (servedUnder(found, asked) || keepsUnknownName(flow, found, asked));
  const session = isServed && keepsSuite(flow, found, asked) ? usable(flow, found, hello, offers) : undefined;
  if (ticket !== undefined) reportTicket(flow, ticket, session !== undefined);
  if (session === undefined) return { ticketExpected: takesTickets };
  flow.settings.statistics.hits++;
  flow.resumes = session;
  const origin = ticket === undefined ? 'id' : 'ticket';
  return { session: { ...session, suite: suiteOf(session, hello), origin }, ticketExpected: renew };
}

function reportTicket({ tell }: Flow, ticket: Uint8Array, good: boolean): void {
  const why = good ? 'its session can be resumed' : 'not ours, too old, or of another name or kind of session';
  reportName(tell, 'ticket', { chosen: good ? ticket : undefined, from: [ticket] }, why);
}

/**
 * Whether a session was made under the name that it is to be resumed under: other settings, with other trust, have never
 * judged the client (RFC 6066 section 3). A name that is none of ours counts as none.
 */
export function servedUnder({ serverName }: Session, { name, settings }: AskedName): boolean {
  return isSameName(serverName, settings && name && latin1(name));
}

/**
 * The reference resumes under a name that `-servername` does not know. We do so for a client that no certificate has
 * identified, so that nobody is taken for somebody else.
 */
function keepsUnknownName({ settings }: Flow, session: Session, asked: AskedName): boolean {
  const isIdentified = session.peerCertificate !== undefined || session.peerPublicKey !== undefined;
  const knowsOneName = settings.serverName !== undefined && typeof settings.serverName !== 'function';
  return knowsOneName && !isIdentified && asked.name !== undefined && asked.settings === undefined;
}

/** A suite that has been turned off since, or is none of the version, is not used any more: a full handshake follows. */
function keepsSuite({ settings, context }: Flow, session: Session, asked: AskedName): boolean {
  const suite = cipherSuite(session.cipherSuite);
  return suite !== undefined && isEnabledIn(asked.settings ?? settings, context.version, suite);
}

function* lookUp(flow: Flow, id: Uint8Array): Handshake<Session | undefined> {
  return id.length === 0 ? undefined : yield* lookUpSession(flow, id);
}

/** Opens a ticket. Its session gets the id of the hello, which the ServerHello repeats. */
function* openTicket(
  flow: Flow,
  hello: Hello,
  ticket: Uint8Array,
): Handshake<Required<Pick<Candidate12, 'session' | 'renew'>>> {
  const { session, renew } = yield* sessionIn(flow, ticket);
  return { session: session && wholeSession({ ...session, id: Uint8Array.from(hello.message.sessionId) }), renew };
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
