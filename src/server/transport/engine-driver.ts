import type { Engine } from '../../connection/engine.ts';
import type { Trouble } from '../../connection/trouble.ts';
import type { Backlog } from './backlog.ts';
import { Deadlines } from './deadlines.ts';
import type { LastWords } from './linger.ts';
import type { Transport } from './transport.ts';
import type { TransportTap } from './transport-tap.ts';

export interface EngineDriverOptions {
  readonly transport: Transport;
  readonly engine: Engine;
  readonly tap?: TransportTap | undefined;
  /** Milliseconds, on the clock of the engine. */
  readonly now: () => number;
  /** As long as this is full, nothing is read and nothing more is written. */
  readonly backlog: Backlog | undefined;
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
  /** The engine takes no more at the moment. */
  private engineWaits = false;
  private afterWrite: ((error?: Error) => void) | undefined;
  /** The backlog is full, and will tell when it is not. */
  private stands = false;

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
      if (this.standsStill()) transport.unshift(chunk);
      else this.feed(chunk);
    });
    transport.on('end', () => {
      options.tap?.ended('in');
      this.step(() => engine.end());
    });
    transport.on('drain', () => {
      if (!this.standsStill()) this.step(() => engine.drained());
    });
    transport.on('error', (error) => options.failed({ how: 'lost', error }));
    transport.on('close', () => {
      // Most often after the end: an error with its stack costs more than all else here.
      if (!this.over) options.failed({ how: 'lost', error: new Error('the transport was closed') });
    });
    transport.on('timeout', () => {
      if (!this.stands) options.quiet();
    });
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

  /** From the application. `done`: the engine takes more, or the conversation is over. */
  send(chunks: readonly Uint8Array[], done: (error?: Error) => void): void {
    this.awaitWriting(done);
    this.step(() => {
      let took: 'more' | 'wait' = 'more';
      for (const chunk of chunks) took = this.engine.write(chunk);
      if (took === 'more') this.written();
    });
  }

  /** `done` is called by the next `written`. */
  awaitWriting(done: (error?: Error) => void): void {
    this.afterWrite = done;
  }

  /** Nothing of what was sent last is waited for any more. */
  written(error?: Error): void {
    const done = this.afterWrite;
    this.afterWrite = undefined;
    done?.(error);
  }

  /** False: the transport is full. */
  write(parts: readonly Uint8Array[]): boolean {
    const { transport } = this;
    // What is sent outside of a step, after a slow answer, may have a deadline too.
    this.rearm();
    if (!transport.writable) return true;
    for (const part of parts) {
      this.options.tap?.sent(part);
      transport.write(part);
    }
    return !transport.writableNeedDrain && !this.standsStill();
  }

  /** The engine takes more again. */
  resume(): void {
    this.engineWaits = false;
    if (!this.stands) this.transport.resume();
  }

  /** For the time after the conversation. An engine that has to wait then hears nothing more, a deaf one nothing at all. */
  lastWords(how: 'listening' | 'deaf'): LastWords {
    const { tap } = this.options;
    let hears = how === 'listening';
    if (hears) this.step(() => this.engine.consumed());
    return {
      data: (chunk) => {
        tap?.arrived(chunk);
        if (!hears) return;
        this.step(() => {
          hears = this.engine.feed(chunk) === 'more';
        });
        this.standsStill();
      },
      end: () => {
        tap?.ended('in');
        if (hears) this.step(() => this.engine.end());
      },
    };
  }

  private feed(chunk: Uint8Array): void {
    this.options.tap?.arrived(chunk);
    this.step(() => {
      if (this.engine.feed(chunk) === 'more') return;
      this.engineWaits = true;
      this.transport.pause();
    });
  }

  /** True while the backlog is full; all goes on once it is not. */
  private standsStill(): boolean {
    const { backlog } = this.options;
    if (backlog?.full && !this.stands) {
      this.stands = true;
      this.deadlines.suspend();
      backlog.whenRoom(() => this.goOn());
    }
    if (this.stands) this.transport.pause();
    return this.stands;
  }

  private goOn(): void {
    this.stands = false;
    const { transport, engine } = this;
    if (transport.destroyed) return;
    if (!this.over) this.deadlines.restart();
    if (!transport.writableNeedDrain) this.step(() => engine.drained());
    if (!this.engineWaits) transport.resume();
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
