import type { Observer } from '../connection/observer.ts';
import { errorLines } from '../diagnostics/error-queue-lines.ts';

/**
 * ErrorQueue holds the reference's error queue at this moment of a conversation, which turns the peer's close_notify
 * into an error; and the verification result of the client's certificate.
 */
export class ErrorQueue {
  /** A number of names/verify-errors.ts, the latest; 0 for none. */
  verifyResult = 0;
  private queued = '';

  /** Observes the errors that the handshake leaves behind. */
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

  /** take returns the lines and removes them. */
  take(): string {
    const lines = this.queued;
    this.queued = '';
    return lines;
  }
}
