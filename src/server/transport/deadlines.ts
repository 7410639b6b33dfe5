import type { Engine } from '../../connection/engine.ts';

export interface DeadlineOptions {
  /** Milliseconds, on the clock of the engine. */
  now(): number;
  /** Called when the engine's deadline has passed. */
  expire(): void;
  /** Called when the peer's time is over. */
  giveUp(during: 'handshake' | 'conversation'): void;
}

/** Deadlines holds the two timers of a connection: the engine's own, and the one for a slow peer. */
export class Deadlines {
  private readonly options: DeadlineOptions;
  private patience: NodeJS.Timeout | undefined;
  /** Starts the peer's timer anew with its last duration; undefined: there is no time limit. */
  private beginAnew: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private deadline: number | undefined;

  constructor(options: DeadlineOptions) {
    this.options = options;
  }

  /** giveUpAfter starts the peer's timer in place of the previous one. 0 milliseconds: never. */
  giveUpAfter(milliseconds: number, during: 'handshake' | 'conversation'): void {
    this.bePatient();
    if (milliseconds === 0) return;
    this.beginAnew = () => this.giveUpAfter(milliseconds, during);
    this.patience = setTimeout(() => this.options.giveUp(during), milliseconds);
  }

  bePatient(): void {
    this.suspend();
    this.beginAnew = undefined;
  }

  /** suspend stops the peer's timer while something else causes the delay. */
  suspend(): void {
    clearTimeout(this.patience);
    this.patience = undefined;
  }

  /** restart gives the peer the whole time again. */
  restart(): void {
    this.beginAnew?.();
  }

  /** follow takes over the engine's deadline; to be called whenever it may have changed. */
  follow({ deadline }: Pick<Engine, 'deadline'>): void {
    if (deadline === this.deadline) return;
    this.deadline = deadline;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (deadline === undefined) return;
    const expire = () => {
      this.deadline = undefined;
      this.options.expire();
    };
    this.timer = setTimeout(expire, Math.max(0, deadline - this.options.now()));
  }

  stop(): void {
    this.bePatient();
    this.follow({ deadline: undefined });
  }
}
