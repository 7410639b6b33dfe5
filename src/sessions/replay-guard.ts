import { hex } from '../bytes/hex.ts';

export interface ReplayGuardOptions {
  /** Names that are remembered at once; while it is full nothing new is let through. */
  readonly capacity: number;
  /** Milliseconds that a name is remembered. */
  readonly window: number;
}

/**
 * Remembers which single-use tickets have been used, in memory and bounded (RFC 8446 section 8.1). It stands before the
 * session store because a store may take its time: two connections can both have been given a session before either
 * has removed it. Looking and remembering is one synchronous step here.
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
