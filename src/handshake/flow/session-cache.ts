import type { CipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import type { Session } from '../../sessions/session.ts';
import type { Flow, Handshake } from './flow.ts';
import { answer } from './receive.ts';
import type { Settings } from './settings.ts';

/** The session of this id, counted and told as the reference does. */
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

/** The session of this id, which nobody is given again. */
export function* takeSession(flow: Flow, id: Uint8Array): Handshake<Session | undefined> {
  const session = yield* lookUpSession(flow, id);
  const { earlyData, sessions } = flow.settings;
  if (session === undefined || earlyData?.replayGuard?.firstUse(id, flow.surroundings.now()) === false)
    return undefined;
  sessions.remove(id);
  return session;
}

/** Keeps a session that a client may name by its id. */
export function* keepSession(flow: Flow, session: Session): Handshake<void> {
  if (session.id.length === 0 || flow.settings.sessionCache === 'off') return;
  yield* answer(flow.settings.sessions.put(session));
  tellNewSession(flow);
}

/** An external cache hears of sessions that are in tickets too. */
export function tellNewSession({ settings, tell }: Flow): void {
  if (settings.sessionCache === 'external') tell.note?.('sessionStored', {});
}

/**
 * An id that no session has, with the prefix of `-id_prefix`.
 * @throws {Problem} when there is none because the prefix leaves no room
 */
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
/** As often as the reference tries. */
const maxAttempts = 10;

/** Whether a session up to TLS 1.2 may be resumed: with `-no_resume_ephemeral` none whose key was fresh. */
export function isResumable({ resumesEphemeral }: Settings, { keyExchange }: CipherSuite): boolean {
  return resumesEphemeral || (keyExchange !== 'DHE' && keyExchange !== 'ECDHE');
}
