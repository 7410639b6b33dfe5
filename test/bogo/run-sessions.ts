import type { MemorySessionStore } from '../../src/sessions/memory-session-store.ts';
import type { Session } from '../../src/sessions/session.ts';
import type { SessionStore } from '../../src/sessions/session-store.ts';
import { perhapsLater } from './flags/callbacks.ts';

/** RunSessions is the session store of a run, which counts what is stored. */
export class RunSessions implements SessionStore {
  private readonly store: MemorySessionStore;
  private readonly plan: { readonly stepwise: boolean };
  /** Number of sessions stored so far. */
  puts = 0;

  constructor(store: MemorySessionStore, plan: { readonly stepwise: boolean }) {
    this.store = store;
    this.plan = plan;
  }

  get size(): number {
    return this.store.size;
  }

  get(id: Uint8Array): Session | undefined | Promise<Session | undefined> {
    return perhapsLater(this.plan, () => this.store.get(id));
  }

  put(session: Session): void | Promise<void> {
    this.puts++;
    return perhapsLater(this.plan, () => this.store.put(session));
  }

  remove(id: Uint8Array): void {
    this.store.remove(id);
  }
}
