import type { Backlog } from '../../server/transport/backlog.ts';

/** Outputs are the streams that an app prints to. */
export interface Outputs {
  /** Prints server output, which `-quiet` suppresses. */
  out(text: string): void;
  /** Prints to stderr, which no option suppresses. */
  err(text: string): void;
  /** Prints application data to stdout. */
  raw(bytes: Uint8Array): void;
  /**
   * Prints text to stdout that no option suppresses and that is buffered for a moment: application data that arrives
   * soon after is printed first, as by the reference when its output is no terminal.
   */
  late?(text: string): void;
  /** Output that is printed and still unwritten; undefined where there is never any. */
  readonly backlog?: Backlog;
}

/**
 * HeldOutputs are the outputs of one of several connections: they can be held, so that the output of two connections is
 * not mixed, and released later in their order. A connection with much held output pauses until then.
 */
export class HeldOutputs implements Outputs, Backlog {
  private readonly target: Outputs;
  private held: ((target: Outputs) => void)[] | undefined;
  private size = 0;
  private latecomer = '';
  private deadline: NodeJS.Timeout | undefined;
  private waiting: (() => void)[] = [];

  constructor(target: Outputs) {
    this.target = target;
  }

  get full(): boolean {
    return this.held === undefined ? this.target.backlog?.full === true : this.size > heldLimit;
  }

  get backlog(): Backlog {
    return this;
  }

  whenRoom(proceed: () => void): void {
    if (this.held === undefined && this.target.backlog) this.target.backlog.whenRoom(proceed);
    else this.waiting.push(proceed);
  }

  out(text: string): void {
    this.flush();
    this.print(text.length, (target) => target.out(text));
  }

  err(text: string): void {
    this.print(text.length, (target) => target.err(text));
  }

  raw(bytes: Uint8Array): void {
    this.print(bytes.length, (target) => target.raw(bytes));
    this.flush();
  }

  late(text: string): void {
    this.deadline ??= setTimeout(() => this.flush(), longestWait);
    this.latecomer += text;
  }

  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const held = this.held;
    this.held = undefined;
    this.size = 0;
    for (const print of held ?? []) print(this.target);
    for (const proceed of this.waiting.splice(0)) {
      if (this.full) this.whenRoom(proceed);
      else proceed();
    }
  }

  /** flush prints the buffered `late` text now. */
  flush(): void {
    clearTimeout(this.deadline);
    this.deadline = undefined;
    if (this.latecomer === '') return;
    const text = Buffer.from(this.latecomer, 'utf8');
    this.latecomer = '';
    this.print(text.length, (target) => target.raw(text));
  }

  private print(size: number, what: (target: Outputs) => void): void {
    if (this.held === undefined) {
      what(this.target);
      return;
    }
    this.size += size + entryCost;
    this.held.push(what);
  }
}

/** Approximate bytes: more than the output of any handshake. */
const heldLimit = 256 * 1024;
const entryCost = 64;
/** Maximum delay of `late` text in milliseconds. */
const longestWait = 100;
