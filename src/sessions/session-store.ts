import type { Session } from './session.ts';

/** SessionStore keeps the sessions that clients resume by their id, or by a ticket that is only an id. */
export interface SessionStore {
  /** Undefined for an unknown id and for an expired session. The handshake waits for a promise. */
  get(id: Uint8Array): Session | undefined | Promise<Session | undefined>;
  /** Replaces a session of the same id. The handshake waits for a promise. */
  put(session: Session): void | Promise<void>;
  remove(id: Uint8Array): void;
  readonly size: number;
}
