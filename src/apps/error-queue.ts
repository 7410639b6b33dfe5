import type { Observer } from '../connection/observer.ts';
import { errorLines } from '../diagnostics/error-lines.ts';

/**
 * What the reference would have in its error queue at this moment of a conversation: it turns the peer's polite end
 * into an error. With it goes what was found of the client's certificate.
 */
export class ErrorQueue {
  /** Number of names/verify-errors.ts, the latest; 0 for none. */
  verifyResult = 0;
  private queued = '';

  /** Hears what the handshake leaves. */
  readonly observer: Observer = {
    note: (kind, facts) => {
      if (kind !== 'clientVerified' || !('left' in facts)) return;
      this.verifyResult = facts.result;
      this.add(errorLines(facts.left));
    },
  };

  add(lines: string): void {
    this.queued += lines;
  }

  /** The lines, which are then no longer in it. */
  take(): string {
    const lines = this.queued;
    this.queued = '';
    return lines;
  }
}
