import type { Engine } from '../connection/engine.ts';
import { Deadlines } from './deadlines.ts';
import type { LastWords } from './linger.ts';
import type { Transport } from './transport.ts';
import type { Trouble } from './trouble.ts';

export interface EngineDriverOptions {
  readonly transport: Transport;
  readonly engine: Engine;
  /** Milliseconds, on the clock of the engine. */
  readonly now: () => number;
  /** The conversation is over both ways. */
  failed(trouble: Trouble): void;
  /** What a listener of the application threw; without it that is trouble too. */
  readonly rethrows: boolean;
  /** Neither a byte came nor one went for as long as the transport was told to wait. */
  quiet(): void;
}

/** Runs an engine over a transport: what arrives is fed, what comes out is written, and deadlines are kept. */
export class EngineDriver {
  readonly deadlines: Deadlines;
  private readonly transport: Transport;
  private readonly engine: Engine;
  private readonly options: EngineDriverOptions;
  private over = false;

  constructor(options: EngineDriverOptions) {
    const { transport, engine } = options;
    this.options = options;
    this.transport = transport;
    this.engine = engine;
    this.deadlines = new Deadlines({
      now: options.now,
      expire: () => this.step(() => engine.expire()),
      giveUp: (during) => options.failed({ how: 'timedOut', during }),
    });
    transport.on('data', (chunk: Uint8Array) => {
      this.step(() => {
        if (engine.feed(chunk) === 'wait') transport.pause();
      });
    });
    transport.on('end', () => this.step(() => engine.end()));
    transport.on('drain', () => this.step(() => engine.drained()));
    transport.on('error', (error) => options.failed({ how: 'lost', error }));
    transport.on('close', () => {
      // Most often after the end: an error with its stack costs more than all else here.
      if (!this.over) options.failed({ how: 'lost', error: new Error('the transport was closed') });
    });
    transport.on('timeout', () => options.quiet());
    this.rearm();
  }

  /** What one step sends leaves in one write. What a listener throws stays here, unless errors are told as Node does. */
  step(run: () => void): void {
    this.transport.cork();
    try {
      run();
    } catch (error) {
      if (this.options.rethrows) throw error;
      this.options.failed({ how: 'crashed', error: error instanceof Error ? error : new Error(String(error)) });
    } finally {
      this.transport.uncork();
      this.rearm();
    }
  }

  /** Runs a command of the engine, with all that follows from it. What is thrown is for the one who asks. */
  command(run: (engine: Engine) => void): void {
    try {
      run(this.engine);
    } finally {
      this.rearm();
    }
  }

  /** False: the transport is full. */
  write(parts: readonly Uint8Array[]): boolean {
    const { transport } = this;
    // What is sent outside of a step, after a slow answer, may have a deadline too.
    this.rearm();
    if (!transport.writable) return true;
    for (const part of parts) transport.write(part);
    return !transport.writableNeedDrain;
  }

  /** For the time after the conversation. An engine that has to wait then hears nothing more. */
  lastWords(): LastWords {
    let hears = true;
    this.step(() => this.engine.consumed());
    return {
      data: (chunk) => {
        if (!hears) return;
        this.step(() => {
          hears = this.engine.feed(chunk) === 'more';
        });
      },
      end: () => {
        if (hears) this.step(() => this.engine.end());
      },
    };
  }

  /** Nothing is waited for any more. */
  stop(): void {
    this.over = true;
    this.deadlines.stop();
  }

  /** The engine's deadline does not count any more; our patience with the peer does. */
  ended(): void {
    this.over = true;
    this.rearm();
  }

  private rearm(): void {
    this.deadlines.follow(this.over ? { deadline: undefined } : this.engine);
  }
}
