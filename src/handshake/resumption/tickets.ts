import { latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { resumptionPsk } from '../../keys/schedule13.ts';
import { NewSessionTicket12, NewSessionTicket13 } from '../../messages/new-session-ticket.ts';
import { Problem } from '../../names/problems.ts';
import { type Session, wholeSession } from '../../sessions/session.ts';
import { sessionFromDer, sessionToDer } from '../../sessions/session-der.ts';
import type { Round } from '../extensions/extension.ts';
import { answersIn } from '../extensions/index.ts';
import { singleUseTickets } from '../flow/early-data-fate.ts';
import type { TicketSource } from '../flow/established.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { answer } from '../flow/receive.ts';
import { keepSession, newSessionId, tellNewSession } from '../flow/session-cache.ts';

/** The members of a session that differ by handshake. */
export type SessionFacts = Pick<
  Session,
  'version' | 'cipherSuite' | 'id' | 'secret' | 'extendedMasterSecret' | 'maxFragmentLength' | 'group'
> &
  Partial<Session>;

/** A session that begins now. */
export function newSession(flow: Flow, facts: SessionFacts): Session {
  return {
    idContext: flow.settings.sessionIdContext,
    time: Math.floor(flow.surroundings.now() / 1000),
    timeout: flow.settings.sessionTimeout,
    verifyResult: 0,
    ticketLifetimeHint: 0,
    ticketAgeAdd: 0,
    compression: 0,
    maxEarlyData: 0,
    ...facts,
  };
}

/** The server name for a session, if the name was ours. */
export function acceptedName({ serverNameAccepted, offers }: Round): Pick<Session, 'serverName'> {
  return serverNameAccepted && offers.serverName ? { serverName: latin1(offers.serverName) } : {};
}

/** Sends a ticket (RFC 5077 section 3.3): the sealed session, whose id does not matter, or an empty one without room for it. */
export function* sendTicket12(flow: Flow, session: Session): Handshake<void> {
  const ticket = (yield* sealed(flow, { ...session, id: nothing })) ?? nothing;
  flow.send(NewSessionTicket12, { ticketLifetimeHint: session.timeout, ticket });
}

/**
 * Undefined where no ticket is to be made, and where the client's certificate, which is part of the session, leaves no room
 * for one.
 * @throws {Problem} for one that is too long
 */
function* sealed({ settings, surroundings }: Flow, session: Session): Handshake<Uint8Array | undefined> {
  const der = sessionToDer(session);
  if (der.length > longestSession) return undefined;
  const ticket = yield* answer(settings.ticketKeys.seal(der, surroundings.random));
  if (ticket !== undefined && ticket.length > longestTicket)
    throw new Problem('badDataReturnedByCallback', 'construct_stateless_ticket');
  return ticket === undefined || ticket.length === 0 ? undefined : ticket;
}

/** The session in a client's ticket; undefined where it is not ours. `renew`: the client should get a new one. */
export function* sessionIn({ settings }: Flow, ticket: Uint8Array): Handshake<TicketContent> {
  const opened = yield* answer(settings.ticketKeys.open(ticket));
  if (opened === undefined) return { session: undefined, renew: true };
  try {
    return { session: sessionFromDer(opened.session), renew: opened.renew === true };
  } catch (error) {
    if (error instanceof Malformed) return { session: undefined, renew: true };
    throw error;
  }
}

interface TicketContent {
  readonly session: Session | undefined;
  readonly renew: boolean;
}

/** In bytes, as in the reference, which ends the handshake beyond that. Sealed it fits into a ticket's 65535. */
const longestSession = 0xff00;
const longestTicket = 0xffff;
const nothing = new Uint8Array(0);

/**
 * Sends one ticket of TLS 1.3 (RFC 8446 section 4.6.1): sealed, or the id of a session in the store with `-no_ticket`
 * and for single use. Sends none for a session that is too long, or that is not sealed.
 */
function* sendTicket13(flow: Flow, session: Session, { nonce, info }: TicketForm): Handshake<void> {
  const { settings } = flow;
  const isSealed = settings.tickets && !singleUseTickets(settings);
  const ticket = isSealed ? yield* sealed(flow, session) : session.id;
  if (ticket === undefined) return;
  if (isSealed) tellNewSession(flow);
  else yield* keepSession(flow, session);
  flow.send(NewSessionTicket13, {
    ticketLifetime: Math.min(session.timeout, maxLifetime),
    ticketAgeAdd: session.ticketAgeAdd,
    ticketNonce: nonce,
    ticket,
    extensions: answersIn('newSessionTicket', session, info),
  });
}

interface TicketForm extends Pick<TicketSource, 'info'> {
  readonly nonce: Uint8Array;
}

/** Sends the tickets, each with a session of its own; the last one becomes the connection's. */
export function* sendTickets13(flow: Flow, source: TicketSource): Handshake<Session> {
  const { settings, surroundings } = flow;
  const { base, hash, resumption, sent, count, info, resumed } = source;
  const maxEarlyData = settings.earlyData?.max ?? 0;
  let session = resumed ?? base;
  for (let number = sent; number < sent + count; number++) {
    const nonce = ticketNonce(number);
    const id = yield* newSessionId(flow);
    const ticketAgeAdd = Buffer.from(surroundings.random(4)).readUInt32BE();
    session = wholeSession({ ...base, id, ticketAgeAdd, maxEarlyData, secret: resumptionPsk(hash, resumption, nonce) });
    flow.turnToWriting();
    yield* sendTicket13(flow, session, { nonce, info });
    flow.carrier.flush();
  }
  flow.turnToWriting();
  return session;
}

/** Eight bytes, counted as in the reference. */
function ticketNonce(number: number): Uint8Array {
  const nonce = new Uint8Array(8);
  new DataView(nonce.buffer).setUint32(4, number);
  return nonce;
}

/** Seven days, in seconds (RFC 8446 section 4.6.1). */
const maxLifetime = 604800;
