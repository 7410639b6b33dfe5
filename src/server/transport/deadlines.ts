import type { Engine } from '../../connection/engine.ts';

export interface DeadlineOptions {
  /** Milliseconds, on the clock of the engine. */
  now(): number;
  /** The engine's deadline has passed. */
  expire(): void;
  /** Our patience with the peer is at its end. */
  giveUp(during: 'handshake' | 'conversation'): void;
}

/** The two timers of a connection: the engine's own, and the one for a peer that makes us wait. */
export class Deadlines {
  private readonly options: DeadlineOptions;
  private patience: NodeJS.Timeout | undefined;
  /** Gives up anew after as long as was asked for last; undefined: our patience has no end. */
  private beginAnew: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private deadline: number | undefined;

  constructor(options: DeadlineOptions) {
    this.options = options;
  }

  /** 0 milliseconds: never. Takes the place of what was asked for before. */
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

  /** It is not the peer that makes us wait. */
  suspend(): void {
    clearTimeout(this.patience);
    this.patience = undefined;
  }

  /** The peer has the whole time again. */
  restart(): void {
    this.beginAnew?.();
  }

  /** To be called whenever the engine may have changed its mind. */
  follow({ deadline }: Pick<Engine, 'deadline'>): void {
    if (deadline === this.deadline) return;
    this.deadline = deadline;
    clearTimeout(this.timer);
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
