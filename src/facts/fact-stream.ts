import type { Fact, FactKind, FactOf, Telling } from './fact.ts';

/** Tells facts of these kinds. */
export type TellOf<K extends FactKind> = <Each extends K>(kind: Each, members: Telling<Each>) => FactOf<Each>;

/** What a person is told of a failed handshake, besides the reference's own lines. */
export type Explain = (failed: Omit<Telling<'failed'>, 'explain'>, story: Story) => readonly string[];

/** Facts of a connection that an explanation is made of. */
export interface Story {
  /** The newest one. */
  readonly hello: FactOf<'clientHello'> | undefined;
  readonly choices: readonly FactOf<'choice'>[];
}

/** What costs time or is confidential comes on demand. */
export interface FactDetails {
  /** The bytes of each message. */
  readonly bytes?: boolean;
  /** A fact for each record. */
  readonly records?: boolean;
  /** What application data says. */
  readonly data?: boolean;
  /** A fact for each secret, as a key log has it. */
  readonly secrets?: boolean;
}

export interface FactOptions {
  /** Called for every fact in its turn. */
  readonly emit: (fact: Fact) => void;
  readonly with?: FactDetails;
  readonly explain?: Explain;
  /** Whether the handshake goes on after a fault of the client's certificate; a number of names/verify-errors.ts. */
  readonly goesOn?: (error: number, depth: number) => boolean;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
}

/** FactStream stamps facts with their time and hands them to those who listen. */
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

  /** `connection`: the number of the one that the fact belongs to. */
  tell<K extends FactKind>(kind: K, members: Telling<K>, connection?: number): FactOf<K> {
    const start = { fact: kind, at: this.time, ...(connection !== undefined && { connection }) };
    // Telling is the fact without what is added here.
    const whole: object = { ...start, ...members };
    const fact = whole as FactOf<K>;
    this.options.emit(fact);
    return fact;
  }
}
