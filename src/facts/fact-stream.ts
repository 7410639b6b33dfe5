import type { Fact, FactKind, FactOf, Telling } from './fact.ts';

/** TellOf reports facts of some kinds. */
export type TellOf<K extends FactKind> = <Each extends K>(kind: Each, members: Telling<Each>) => FactOf<Each>;

/** Explain returns the lines about a failed handshake that follow the reference's own. */
export type Explain = (failed: Omit<Telling<'failed'>, 'explain'>, story: Story) => readonly string[];

/** Story has the facts of a connection for an explanation. */
export interface Story {
  /** The newest ClientHello. */
  readonly hello: FactOf<'clientHello'> | undefined;
  readonly choices: readonly FactOf<'choice'>[];
  /** The client has sent something. */
  readonly began: boolean;
}

/** FactDetails are optional: they cost time or are confidential. */
export interface FactDetails {
  /** The bytes of each message. */
  readonly bytes?: boolean;
  /** A fact for each record. */
  readonly records?: boolean;
  /** The content of application data. */
  readonly data?: boolean;
  /** A fact for each secret of a key log. */
  readonly secrets?: boolean;
}

export interface FactOptions {
  /** Called for every fact in order. */
  readonly emit: (fact: Fact) => void;
  readonly with?: FactDetails;
  readonly explain?: Explain;
  /** Reports if the handshake continues after an error of the client's certificate, from names/verify-errors.ts. */
  readonly goesOn?: (error: number, depth: number) => boolean;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** FactStream adds the time to facts and emits them. */
export class FactStream {
  readonly options: FactOptions;
  private readonly now: () => number;
  private readonly started: number;

  constructor(options: FactOptions) {
    this.options = options;
    this.now = options.now ?? (() => performance.now());
    this.started = this.now();
  }

  /** Milliseconds since the start, with three decimals. */
  get time(): number {
    return Math.round((this.now() - this.started) * 1000) / 1000;
  }

  /** `connection`: the number of the fact's connection. */
  tell<K extends FactKind>(kind: K, members: Telling<K>, connection?: number): FactOf<K> {
    const start = { fact: kind, at: this.time, ...(connection !== undefined && { connection }) };
    // Telling is the fact without `start`.
    const whole: object = { ...start, ...members };
    const fact = whole as FactOf<K>;
    this.options.emit(fact);
    return fact;
  }
}
