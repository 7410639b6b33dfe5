import { type Session, wholeSession } from '../sessions/session.ts';
import { sessionFromDer, sessionToDer } from '../sessions/session-der.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** SessionKeepers are the application's listeners that store sessions; a result of undefined means no listener. */
export interface SessionKeepers {
  /** Announces a new session and resolves once it is stored. */
  kept(id: Uint8Array, session: Uint8Array): Promise<void> | undefined;
  /** Asks for a session; resolves with undefined for an unknown one. */
  found(id: Uint8Array): Promise<Uint8Array | undefined> | undefined;
}

/** OfferedSessions is a store in front of our own: where the application listens, it stores the sessions instead. */
export class OfferedSessions implements SessionStore {
  private readonly own: SessionStore;
  private readonly keepers: SessionKeepers;

  constructor(own: SessionStore, keepers: SessionKeepers) {
    this.own = own;
    this.keepers = keepers;
  }

  get size(): number {
    return this.own.size;
  }

  get(id: Uint8Array): ReturnType<SessionStore['get']> {
    const found = this.keepers.found(id);
    return found === undefined ? this.own.get(id) : read(found, id);
  }

  put(session: Session): ReturnType<SessionStore['put']> {
    const kept = this.keepers.kept(session.id, sessionToDer(session));
    return kept === undefined ? this.own.put(session) : kept;
  }

  remove(id: Uint8Array): void {
    this.own.remove(id);
  }
}

/** read counts a session that the application's store has damaged as unknown. */
async function read(found: Promise<Uint8Array | undefined>, id: Uint8Array): Promise<Session | undefined> {
  const bytes = await found;
  if (bytes === undefined) return undefined;
  try {
    return wholeSession({ ...sessionFromDer(bytes), id: Uint8Array.from(id) });
  } catch {
    return undefined;
  }
}
