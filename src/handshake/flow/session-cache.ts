import type { CipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import type { Session } from '../../sessions/session.ts';
import type { Flow, Handshake } from './flow.ts';
import { answer } from './receive.ts';
import type { Settings } from './settings.ts';

/** The session of this id, counted and reported as the reference does. */
export function* lookUpSession({ settings, tell }: Flow, id: Uint8Array): Handshake<Session | undefined> {
  const { sessions, sessionCache, statistics } = settings;
  const session = yield* answer(sessions.get(id));
  if (sessionCache === 'external') {
    if (session !== undefined) statistics.callbackHits++;
    tell.note?.('sessionLookup', { found: session !== undefined });
  } else if (session === undefined) {
    statistics.misses++;
  }
  return session;
}

/** The session of this id, which is removed: it can be taken only once. */
export function* takeSession(flow: Flow, id: Uint8Array): Handshake<Session | undefined> {
  const session = yield* lookUpSession(flow, id);
  const { earlyData, sessions } = flow.settings;
  if (session === undefined || earlyData?.replayGuard?.firstUse(id, flow.surroundings.now()) === false)
    return undefined;
  sessions.remove(id);
  return session;
}

/** Stores a session that a client may name by its id. */
export function* keepSession(flow: Flow, session: Session): Handshake<void> {
  if (session.id.length === 0 || flow.settings.sessionCache === 'off') return;
  yield* answer(flow.settings.sessions.put(session));
  tellNewSession(flow);
}

/** Reports a new session to an external cache, also one that is in a ticket. */
export function tellNewSession({ settings, tell }: Flow): void {
  if (settings.sessionCache === 'external') tell.note?.('sessionStored', {});
}

/** A unique id with the prefix of `-id_prefix`. @throws {Problem} when the prefix leaves too few ids */
export function* newSessionId({ settings, surroundings }: Flow): Handshake<Uint8Array> {
  const { sessionIdPrefix, sessions } = settings;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const id = Uint8Array.from(surroundings.random(idLength));
    id.set(sessionIdPrefix.subarray(0, idLength));
    if (sessionIdPrefix.length === 0 || (yield* answer(sessions.get(id))) === undefined) return id;
  }
  throw new Problem('sslSessionIdCallbackFailed', 'ssl_generate_session_id');
}

const idLength = 32;
/** The number of the reference's attempts. */
const maxAttempts = 10;

/** True when a session up to TLS 1.2 may be resumed: with `-no_resume_ephemeral` none with an ephemeral key. */
export function isResumable({ resumesEphemeral }: Settings, { keyExchange }: CipherSuite): boolean {
  return resumesEphemeral || (keyExchange !== 'DHE' && keyExchange !== 'ECDHE');
}
