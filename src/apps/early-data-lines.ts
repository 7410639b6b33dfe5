import type { Notes, Observer } from '../connection/observer.ts';
import type { Outputs } from './outputs.ts';

/** What `-early_data` prints, each line when the reference's SSL_read_early_data returns. */
export class EarlyDataLines {
  private readonly outputs: Pick<Outputs, 'out' | 'raw'>;
  private fate: Notes['earlyDataOver']['fate'] | undefined;
  private seen = false;
  private told = false;

  /** Hears when there is no more to come. */
  readonly observer: Observer = {
    note: (kind, facts) => {
      if (kind !== 'earlyDataOver' || !('fate' in facts)) return;
      this.fate ??= facts.fate;
      // Where some was read, the reference's call does the rest of the handshake too.
      if (this.fate !== 'accepted') this.summarize();
    },
  };

  constructor(outputs: Pick<Outputs, 'out' | 'raw'>) {
    this.outputs = outputs;
  }

  /** A handshake that fails now fails as any other does. */
  get over(): boolean {
    return this.fate !== undefined;
  }

  received(bytes: Uint8Array): void {
    if (!this.seen) this.outputs.out('Early data received:\n');
    this.seen = true;
    this.outputs.raw(bytes);
  }

  /** The handshake is done, or it fails later than here: says once what came. */
  summarize(): void {
    if (this.told) return;
    this.told = true;
    this.outputs.out(this.summary());
  }

  /** Accepted early data that was empty is not told apart from rejected, as in the reference. */
  private summary(): string {
    if (this.seen) return '\nEnd of early data\n';
    const { fate = 'notOffered' } = this;
    return fate === 'notOffered' ? 'No early data received\n' : 'Early data was rejected\n';
  }
}
