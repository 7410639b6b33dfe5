import type { Socket } from 'node:net';
import type { Engine } from '../connection/engine.ts';
import { Deadlines } from './deadlines.ts';
import { OutgoingBytes } from './outgoing-bytes.ts';
import type { Trouble } from './trouble.ts';

export interface EngineDriverOptions {
  readonly transport: Socket;
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
  private readonly engine: Engine;
  private readonly options: EngineDriverOptions;
  private readonly outgoing: OutgoingBytes;
  private over = false;
  /** How many steps are going on, one within the other. */
  private depth = 0;

  constructor(options: EngineDriverOptions) {
    const { transport, engine } = options;
    this.options = options;
    this.engine = engine;
    this.outgoing = new OutgoingBytes(transport);
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
    this.depth++;
    try {
      run();
    } catch (error) {
      if (this.options.rethrows) throw error;
      this.options.failed({ how: 'crashed', error: error instanceof Error ? error : new Error(String(error)) });
    } finally {
      if (--this.depth === 0) this.outgoing.flush();
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
    const more = this.outgoing.add(parts);
    if (this.depth === 0) this.outgoing.flush();
    return more;
  }

  /** Hands over what a step that is going on has sent so far. */
  flush(): void {
    this.outgoing.flush();
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
