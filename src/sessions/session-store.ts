import type { Session } from './session.ts';

/** Where sessions are kept that a client resumes by their id, or by a ticket that is only an id. */
export interface SessionStore {
  /** Undefined for an unknown id and for a session that is too old. The handshake waits for a promise. */
  get(id: Uint8Array): Session | undefined | Promise<Session | undefined>;
  /** Takes the place of a session of the same id. The handshake waits for a promise. */
  put(session: Session): void | Promise<void>;
  remove(id: Uint8Array): void;
  readonly size: number;
}
