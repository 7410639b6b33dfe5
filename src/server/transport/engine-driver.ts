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
  /** Reading and writing pause while this is full. */
  readonly backlog: Backlog | undefined;
  /** Called when the conversation is over in both directions. */
  failed(trouble: Trouble): void;
  /** Exceptions of the application's listeners are rethrown; without it they are trouble too. */
  readonly rethrows: boolean;
  /** Called after the transport's time-out without a byte in either direction. */
  quiet(): void;
}

/** EngineDriver runs an engine over a transport: it feeds arriving bytes, writes the output and keeps deadlines. */
export class EngineDriver {
  readonly deadlines: Deadlines;
  private readonly transport: Transport;
  private readonly engine: Engine;
  private readonly options: EngineDriverOptions;
  private over = false;
  /** True while the engine accepts no more input. */
  private engineWaits = false;
  private afterWrite: ((error?: Error) => void) | undefined;
  /** True while the backlog is full and will call back. */
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
      // Mostly after the end, where making an error with its stack would cost the most.
      if (!this.over) options.failed({ how: 'lost', error: new Error('the transport was closed') });
    });
    transport.on('timeout', () => {
      if (!this.stands) options.quiet();
    });
    this.rearm();
  }

  /**
   * step sends the output of one step in one write. Exceptions of listeners stay here, unless they are rethrown as in
   * Node.
   */
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

  /** command runs a command of the engine and updates the deadline. Exceptions go to the caller. */
  command(run: (engine: Engine) => void): void {
    try {
      run(this.engine);
    } finally {
      this.rearm();
    }
  }

  /** send writes the application's data. `done`: the engine accepts more, or the conversation is over. */
  send(chunks: readonly Uint8Array[], done: (error?: Error) => void): void {
    this.awaitWriting(done);
    this.step(() => {
      let took: 'more' | 'wait' = 'more';
      for (const chunk of chunks) took = this.engine.write(chunk);
      if (took === 'more') this.written();
    });
  }

  /** awaitWriting has `done` called by the next `written`. */
  awaitWriting(done: (error?: Error) => void): void {
    this.afterWrite = done;
  }

  /** written calls the callback of the last write. */
  written(error?: Error): void {
    const done = this.afterWrite;
    this.afterWrite = undefined;
    done?.(error);
  }

  /** write returns false when the transport is full. */
  write(parts: readonly Uint8Array[]): boolean {
    const { transport } = this;
    // Output outside of a step, after a slow answer, may have a deadline too.
    this.rearm();
    if (!transport.writable) return true;
    for (const part of parts) {
      this.options.tap?.sent(part);
      transport.write(part);
    }
    return !transport.writableNeedDrain && !this.standsStill();
  }

  /** resume reads on: the engine accepts more again. */
  resume(): void {
    this.engineWaits = false;
    if (!this.stands) this.transport.resume();
  }

  /**
   * lastWords handles input after the conversation. An engine that has to wait then hears nothing more, a `deaf` one
   * nothing at all.
   */
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
      if (this.engine.feed(chunk, this.transport.pathOf?.(chunk)) === 'more') return;
      this.engineWaits = true;
      this.transport.pause();
    });
  }

  /** standsStill reports whether the backlog is full; everything resumes once it is not. */
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

  /** stop ends all deadlines. */
  stop(): void {
    this.over = true;
    this.deadlines.stop();
  }

  /** ended drops the engine's deadline; the peer's time limit stays. */
  ended(): void {
    this.over = true;
    this.rearm();
  }

  private rearm(): void {
    this.deadlines.follow(this.over ? { deadline: undefined } : this.engine);
  }
}
