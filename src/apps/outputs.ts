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
}

/**
 * The outputs of one of several connections: they can be held back, so that what two connections print is not mixed,
 * and released later in the order of production.
 */
export class HeldOutputs implements Outputs {
  private readonly target: Outputs;
  private held: ((target: Outputs) => void)[] | undefined;
  private size = 0;
  private dropped = 0;
  private latecomer = '';
  private deadline: NodeJS.Timeout | undefined;

  constructor(target: Outputs) {
    this.target = target;
  }

  /** Whether more should be kept away; beyond this, what is printed is dropped and counted. */
  get crowded(): boolean {
    return this.size > heldLimit / 2;
  }

  out(text: string): void {
    this.overdue();
    this.print(text.length, (target) => target.out(text));
  }

  err(text: string): void {
    this.print(text.length, (target) => target.err(text));
  }

  raw(bytes: Uint8Array): void {
    this.print(bytes.length, (target) => target.raw(bytes));
    this.overdue();
  }

  late(text: string): void {
    this.deadline ??= setTimeout(() => this.overdue(), longestWait);
    this.latecomer += text;
  }

  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const held = this.held;
    const dropped = this.dropped;
    this.held = undefined;
    this.size = 0;
    this.dropped = 0;
    for (const print of held ?? []) print(this.target);
    if (dropped > 0) this.target.err(`${dropped} more pieces of output were not kept\n`);
  }

  private overdue(): void {
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
    if (this.size > heldLimit) {
      this.dropped++;
      return;
    }
    this.size += size + entryCost;
    this.held.push(what);
  }
}

/** Bytes, roughly. */
const heldLimit = 128 * 1024;
const entryCost = 64;
/** Milliseconds that text may come late. */
const longestWait = 100;
