import { createWriteStream, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { isatty, WriteStream } from 'node:tty';

export interface LineOutputOptions {
  /** Called before the next line after lines were dropped, when the reader goes on; `dropped` is their number. */
  resumed(dropped: number): void;
  /** Called once, when nothing more can be written. */
  failed(reason: string): void;
  /** Maximum bytes buffered before lines are dropped; 8 MiB unless given. */
  readonly most?: number;
}

/** LineOutput writes whole lines without waiting for their reader: beyond a limit it drops and counts them. */
export class LineOutput {
  /** Number of all lines that the reader has missed. */
  dropped = 0;
  private readonly stream: Writable;
  private readonly options: LineOutputOptions;
  private readonly most: number;
  private gathered = '';
  private missing = 0;
  private broken = false;

  constructor(stream: Writable, options: LineOutputOptions) {
    this.stream = stream;
    this.options = options;
    this.most = options.most ?? mostWaiting;
    stream.on('error', (error) => this.fail(error));
    stream.on('drain', () => this.caughtUp());
  }

  /** write takes a line without line feed; a `last` one is never dropped for want of room. */
  write(line: string, place?: 'last'): void {
    const isTooMuch = this.stream.writableLength + this.gathered.length + line.length > this.most;
    if (this.broken || (isTooMuch && place !== 'last')) {
      this.dropped += 1;
      this.missing += 1;
      return;
    }
    if (this.gathered === '') setImmediate(() => this.flush());
    this.gathered += `${line}\n`;
  }

  /** end resolves when the reader has everything, or after `patience` milliseconds. */
  async end(patience: number): Promise<void> {
    this.flush();
    if (this.broken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      const done = (error?: Error | null) => {
        // The end is told of an error before the stream is.
        if (error) this.fail(error);
        clearTimeout(timer);
        resolve();
      };
      this.stream.once('error', done);
      this.stream.end(done);
    });
  }

  private fail(error: NodeJS.ErrnoException): void {
    if (this.broken) return;
    this.broken = true;
    this.options.failed(error.code ?? error.message);
  }

  private flush(): void {
    const text = this.gathered;
    this.gathered = '';
    if (text !== '' && !this.broken) this.stream.write(text);
  }

  private caughtUp(): void {
    const dropped = this.missing;
    if (dropped === 0 || this.broken) return;
    this.missing = 0;
    this.options.resumed(dropped);
  }
}

/** Bytes. */
const mostWaiting = 8 * 1024 * 1024;

/**
 * openForWriting opens `-` (stdout), `fd:N` (an open descriptor), or a file, which it truncates. Pipes do not block.
 * @throws the system's error
 */
export function openForWriting(word: string): Writable {
  const [, number] = /^fd:(\d+)$/.exec(word) ?? [];
  const descriptor = word === '-' ? 1 : number === undefined ? openSync(word, 'w') : Number(number);
  const kind = fstatSync(descriptor);
  if (kind.isFIFO() || kind.isSocket()) return new Socket({ fd: descriptor, readable: false, writable: true });
  if (isatty(descriptor)) return new WriteStream(descriptor);
  return createWriteStream('', { fd: descriptor, autoClose: descriptor > 2 });
}
