import type { Notes, Observer } from '../connection/observer.ts';
import type { Outputs } from './printing/outputs.ts';

/** EarlyDataLines prints the lines of `-early_data`, each when the reference's SSL_read_early_data returns. */
export class EarlyDataLines {
  private readonly outputs: Pick<Outputs, 'out' | 'raw'>;
  private fate: Notes['earlyDataOver']['fate'] | undefined;
  private seen = false;
  private summarized = false;

  /** Observes the end of early data. */
  readonly observer: Observer = {
    note: (kind, facts) => {
      if (kind !== 'earlyDataOver' || !('fate' in facts)) return;
      this.fate ??= facts.fate;
      // If any was read, the reference's call also finishes the handshake.
      if (this.fate !== 'accepted') this.summarize();
    },
  };

  constructor(outputs: Pick<Outputs, 'out' | 'raw'>) {
    this.outputs = outputs;
  }

  /** True once early data has ended; a handshake that fails then fails as any other does. */
  get over(): boolean {
    return this.fate !== undefined;
  }

  received(bytes: Uint8Array): void {
    if (!this.seen) this.outputs.out('Early data received:\n');
    this.seen = true;
    this.outputs.raw(bytes);
  }

  /** summarize prints once, when the handshake is done or fails later, whether early data came. */
  summarize(): void {
    if (this.summarized) return;
    this.summarized = true;
    this.outputs.out(this.summary());
  }

  /** summary reports accepted but empty early data as rejected, as the reference does. */
  private summary(): string {
    if (this.seen) return '\nEnd of early data\n';
    const { fate = 'notOffered' } = this;
    return fate === 'notOffered' ? 'No early data received\n' : 'Early data was rejected\n';
  }
}
