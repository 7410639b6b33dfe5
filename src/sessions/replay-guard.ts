import { hex } from '../bytes/hex.ts';

export interface ReplayGuardOptions {
  /** Maximum number of names remembered; while it is reached every new name is refused. */
  readonly capacity: number;
  /** Milliseconds that a name is remembered. */
  readonly window: number;
}

/**
 * ReplayGuard remembers used single-use tickets, in memory and bounded (RFC 8446 section 8.1). It runs before the
 * session store, which may be asynchronous: two connections could both obtain a session before either has removed it.
 * Checking and remembering is one synchronous step here.
 */
export class ReplayGuard {
  private readonly options: ReplayGuardOptions;
  /** Milliseconds at which each name was used, in the order of use. */
  private readonly used = new Map<string, number>();

  constructor(options: ReplayGuardOptions) {
    this.options = options;
  }

  get size(): number {
    return this.used.size;
  }

  /** True once for each name within the window. `now` is in milliseconds. */
  firstUse(name: Uint8Array, now: number): boolean {
    this.forget(now);
    const key = hex(name);
    if (this.used.has(key) || this.used.size >= this.options.capacity) return false;
    this.used.set(key, now);
    return true;
  }

  private forget(now: number): void {
    for (const [key, since] of this.used) {
      if (now - since <= this.options.window) return;
      this.used.delete(key);
    }
  }
}
