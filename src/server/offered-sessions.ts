import type { Session } from '../sessions/session.ts';
import { sessionFromDer, sessionToDer } from '../sessions/session-der.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** Those who keep sessions elsewhere; undefined while nobody listens. */
export interface SessionKeepers {
  /** Tells of a new session and resolves once it is kept. */
  kept(id: Uint8Array, session: Uint8Array): Promise<void> | undefined;
  /** Asks for a session; resolves with undefined for an unknown one. */
  found(id: Uint8Array): Promise<Uint8Array | undefined> | undefined;
}

/** A store that asks others first: where somebody listens, sessions are kept there and not here. */
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

/** What others have kept for us may have been damaged there: that is a session that is not known. */
async function read(found: Promise<Uint8Array | undefined>, id: Uint8Array): Promise<Session | undefined> {
  const bytes = await found;
  if (bytes === undefined) return undefined;
  try {
    return { ...sessionFromDer(bytes), id: Uint8Array.from(id) };
  } catch {
    return undefined;
  }
}
