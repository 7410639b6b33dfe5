import type { Writable } from 'node:stream';
import type { Backlog } from '../../server/transport/backlog.ts';
import type { Output } from './output.ts';

/**
 * stdout and stderr of the process. A pipe takes what is printed only as fast as it is read; what it has not taken is
 * kept here, and tells by `full` that no more should be produced.
 */
export class StandardStreams implements Output, Backlog {
  readonly readByPerson: boolean;
  private stdout: Writable;
  private readonly stderr: Writable;
  private waiting: (() => void)[] = [];

  constructor(stdout: Writable, stderr: Writable & { readonly isTTY?: boolean }) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.readByPerson = stderr.isTTY === true;
    for (const stream of [stdout, stderr]) {
      stream.on('drain', () => this.proceed());
      // The reader may go away, as `| head` does. The server goes on, as the reference does.
      stream.on('error', () => this.proceed());
    }
  }

  get full(): boolean {
    return this.stdout.writableNeedDrain || this.stderr.writableNeedDrain;
  }

  leaveStdout(): void {
    this.stdout = this.stderr;
  }

  out(text: string): void {
    this.stdout.write(text);
  }

  err(text: string): void {
    this.stderr.write(text);
  }

  /** Application data, straight to stdout. */
  raw(bytes: Uint8Array): void {
    this.stdout.write(bytes);
  }

  whenRoom(proceed: () => void): void {
    this.waiting.push(proceed);
  }

  /** Resolves once the system has taken all that was printed, or the reader is gone. A slow reader is waited for. */
  async writtenOut(): Promise<void> {
    await Promise.all([this.stdout, this.stderr].map(writtenOut));
  }

  private proceed(): void {
    // The reader of one of them may have made room while the other is still full.
    if (this.full) return;
    for (const proceed of this.waiting.splice(0)) proceed();
  }
}

function writtenOut(stream: Writable): Promise<void> {
  if (stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}
