import type { Writable } from 'node:stream';
import type { Backlog } from '../../server/transport/backlog.ts';
import type { Output } from './output.ts';

/**
 * StandardStreams are stdout and stderr of the process. Output that a slow pipe has not taken is buffered here, and
 * `full` asks for a pause.
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
      // The reader may close, as `| head` does. The server goes on, as the reference does.
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

  /** Prints application data to stdout. */
  raw(bytes: Uint8Array): void {
    this.stdout.write(bytes);
  }

  whenRoom(proceed: () => void): void {
    this.waiting.push(proceed);
  }

  /** writtenOut resolves once the system has taken all output, or the reader is gone. It waits for a slow reader. */
  async writtenOut(): Promise<void> {
    await Promise.all([this.stdout, this.stderr].map(writtenOut));
  }

  private proceed(): void {
    // One of the readers may have made room while the other stream is still full.
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
