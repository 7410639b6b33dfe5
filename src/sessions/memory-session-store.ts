import { hex } from '../bytes/hex.ts';
import type { Session } from './session.ts';
import type { SessionStore } from './session-store.ts';
import type { Statistics } from './statistics.ts';

export interface MemorySessionStoreOptions {
  /** Maximum number of sessions; 0 for no limit. */
  readonly capacity: number;
  /** Seconds since 1970. */
  now(): number;
  /** Counts sessions dropped because the store is full or expired. */
  readonly statistics: Statistics;
}

/** MemorySessionStore drops the oldest session when it is full, as the reference does. */
export class MemorySessionStore implements SessionStore {
  private readonly options: MemorySessionStoreOptions;
  /** In order of insertion. */
  private readonly sessions = new Map<string, Session>();

  constructor(options: MemorySessionStoreOptions) {
    this.options = options;
  }

  get size(): number {
    return this.sessions.size;
  }

  get(id: Uint8Array): Session | undefined {
    const session = this.sessions.get(hex(id));
    if (session === undefined || this.options.now() <= session.time + session.timeout) return session;
    this.options.statistics.timeouts++;
    this.remove(id);
    return undefined;
  }

  put(session: Session): void {
    this.remove(session.id);
    this.makeRoom();
    this.sessions.set(hex(session.id), session);
  }

  remove(id: Uint8Array): void {
    this.sessions.delete(hex(id));
  }

  private makeRoom(): void {
    const { capacity, statistics } = this.options;
    if (capacity === 0) return;
    for (const id of this.sessions.keys()) {
      if (this.sessions.size < capacity) return;
      this.sessions.delete(id);
      statistics.cacheFull++;
    }
  }
}
