import type { Backlog } from '../server/transport/backlog.ts';

/** Where an app prints. */
export interface Outputs {
  /** The server output stream, which `-quiet` silences. */
  out(text: string): void;
  /** stderr, which nothing silences. */
  err(text: string): void;
  /** Application data, straight to stdout. */
  raw(bytes: Uint8Array): void;
  /**
   * Text for stdout that nothing silences and that is in no hurry: application data that comes soon after is printed
   * first, as the reference prints it when its output is no terminal.
   */
  late?(text: string): void;
  /** What was printed and not taken yet; undefined where all is taken at once. */
  readonly backlog?: Backlog;
}

/**
 * The outputs of one of several connections: they can be held back, so that what two connections print is not mixed,
 * and released later in the order of production. A connection whose held output is large stands still until then.
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

  /** Text that may come late comes now. */
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

/** Bytes, roughly: more than all that a handshake prints. */
const heldLimit = 256 * 1024;
const entryCost = 64;
/** Milliseconds that text may come late. */
const longestWait = 100;
