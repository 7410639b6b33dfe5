import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../bin/s_server.js', import.meta.url));

/** Cleanup is the part of a test context that ends processes. */
export interface Cleanup {
  after(end: () => Promise<void>): void;
}

export interface Surroundings {
  /** Variables added to those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Arguments of Node before the program's name. */
  readonly nodeWords?: readonly string[];
  /** Runs without the terminal of the tests. */
  readonly detached?: boolean;
}

/** Program is the built program as a process of its own, with its output so far. */
export class Program {
  out = '';
  err = '';
  readonly process: ChildProcessWithoutNullStreams;
  private readonly words: readonly string[];
  /** Resolves when the program has ended and all its output has been read, also if that was long ago. */
  readonly closed: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  /** start listens on a free port of this machine and stops at the end of the test. */
  static async start(test: Cleanup, ...words: readonly string[]): Promise<Program> {
    const program = new Program(words);
    test.after(() => program.stop());
    await program.prints(/^ACCEPT .*:\d+$/m);
    return program;
  }

  constructor(words: readonly string[], { environment, nodeWords = [], detached = false }: Surroundings = {}) {
    this.words = words;
    const env = { ...process.env, ...environment };
    this.process = spawn(process.execPath, [...nodeWords, file, '-accept', '127.0.0.1:0', ...words], {
      env,
      detached,
    });
    this.closed = new Promise((resolve) => {
      this.process.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.process.stdout.on('data', (bytes: Buffer) => {
      this.out += bytes.toString('latin1');
    });
    this.process.stderr.on('data', (bytes: Buffer) => {
      this.err += bytes.toString('latin1');
    });
  }

  get port(): number {
    return Number(/^ACCEPT .*:(\d+)$/m.exec(this.out)?.[1]);
  }

  /** prints resolves when stdout matches. */
  prints(what: RegExp): Promise<void> {
    return this.matches(this.process.stdout, () => what.test(this.out));
  }

  /** tells resolves when stderr matches, which may be later than what stdout says. */
  tells(what: RegExp): Promise<void> {
    return this.matches(this.process.stderr, () => what.test(this.err));
  }

  private async matches(stream: Readable, isThere: () => boolean): Promise<void> {
    let isClosed = false;
    const closed = this.closed.then(() => {
      isClosed = true;
    });
    while (!isThere()) {
      if (isClosed) throw new Error(`the program ended: ${this.out}${this.err}`);
      await Promise.race([once(stream, 'data'), closed]);
    }
  }

  type(keys: string): void {
    this.process.stdin.write(keys);
  }

  async stop(): Promise<void> {
    this.process.kill();
    await this.closed;
    await this.checkFacts();
  }

  /** checkFacts holds what `-json` has written against the schema, in every test. */
  private async checkFacts(): Promise<void> {
    const at = this.words.lastIndexOf('-json');
    const target = this.words[at + 1];
    if (at === -1 || target === undefined) return;
    const { factsIn } = await import('./facts.ts');
    if (target === '-') factsIn(this.out);
    else if (existsSync(target) && statSync(target).isFile()) factsIn(readFileSync(target, 'utf8'));
  }
}
