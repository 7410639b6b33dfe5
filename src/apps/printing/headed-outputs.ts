import type { Backlog } from '../../server/transport/backlog.ts';
import type { Outputs } from './outputs.ts';

/** The output of several connections, and which of them has printed last. */
export interface Stage {
  readonly outputs: Outputs;
  /** Nothing comes out of `outputs.out`. */
  readonly silenced: boolean;
  current: HeadedOutputs | undefined;
  /** What was printed last did not end its line. */
  midLine: boolean;
}

/** Outputs of one of several connections that share a stage: a line with its name comes whenever another one had it. */
export class HeadedOutputs implements Outputs {
  readonly backlog?: Backlog;
  private readonly stage: Stage;
  private readonly name: string;
  private isKnown = false;

  constructor(stage: Stage, name: string) {
    this.stage = stage;
    this.name = name;
    if (stage.outputs.backlog) this.backlog = stage.outputs.backlog;
  }

  out(text: string): void {
    if (this.stage.silenced) return;
    this.head();
    this.stage.outputs.out(text);
    this.endsIn(text.at(-1));
  }

  err(text: string): void {
    // What begins with the name heads itself, but for the first time.
    if (this.isKnown && text.startsWith(this.name)) this.take();
    else this.head();
    this.stage.outputs.err(text);
    this.endsIn(text.at(-1));
  }

  raw(bytes: Uint8Array): void {
    this.head();
    this.stage.outputs.raw(bytes);
    this.endsIn(String.fromCharCode(bytes.at(-1) ?? lineFeed));
  }

  private head(): void {
    const { current, outputs } = this.stage;
    if (current === this) return;
    this.take();
    outputs.err(`${this.name}${this.isKnown ? '' : ' connected'}\n`);
    this.isKnown = true;
  }

  private take(): void {
    const { stage } = this;
    stage.current = this;
    if (stage.midLine) stage.outputs.err('\n');
    stage.midLine = false;
  }

  private endsIn(last: string | undefined): void {
    if (last !== undefined) this.stage.midLine = last !== '\n';
  }
}

const lineFeed = 0x0a;
