import { fstatSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** Typist receives the terminal's input. */
export interface Typist {
  /** One read of the terminal, 1 to 16384 bytes. False: no more until `ready()`. */
  typed(chunk: Uint8Array): boolean;
  /** The input has ended. Called on each new typist too. */
  inputEnded(): void;
}

export interface KeyboardOptions {
  /** Every LF becomes CR LF. */
  readonly crlf?: boolean;
}

/**
 * Keyboard is the standard input. It is read only while there is a typist, so that input typed before stays in the
 * terminal; a read with several commands in it stays one read.
 */
export class Keyboard {
  private readonly stream: Readable | undefined;
  private readonly crlf: boolean;
  private typist: Typist | undefined;
  /** The typist that knows of the end of input. */
  private notified: Typist | undefined;
  private reads: Uint8Array[] = [];
  private started = false;
  private ended = false;
  private blocked = false;
  private delivering = false;

  /** Without a stream there is no input and no end of it. */
  constructor(stream: Readable | undefined, options: KeyboardOptions = {}) {
    this.stream = stream;
    this.crlf = options.crlf ?? false;
  }

  watch(typist: Typist | undefined): void {
    this.typist = typist;
    this.notified = undefined;
    this.blocked = false;
    if (typist === undefined) this.stream?.pause();
    else this.ready();
  }

  /** ready delivers again: the typist takes more. */
  ready(): void {
    this.blocked = false;
    this.start();
    this.deliver();
  }

  private start(): void {
    const { stream } = this;
    if (this.started || stream === undefined) return;
    this.started = true;
    stream.on('data', (chunk: Uint8Array | string) => {
      this.cut(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
      this.deliver();
    });
    const end = () => {
      this.ended = true;
      this.deliver();
    };
    stream.on('end', end);
    stream.on('error', end);
    stream.on('close', end);
  }

  private cut(chunk: Uint8Array): void {
    const size = this.crlf ? readSize / 2 : readSize;
    for (let at = 0; at < chunk.length; at += size) {
      const read = chunk.subarray(at, at + size);
      this.reads.push(this.crlf ? withCarriageReturns(read) : read);
    }
  }

  private deliver(): void {
    // A typist that replaces itself calls this again; the outer call goes on with the new one.
    if (this.delivering) return;
    this.delivering = true;
    try {
      while (this.typist !== undefined && !this.blocked) {
        const read = this.reads.shift();
        if (read === undefined) break;
        const typist = this.typist;
        const more = typist.typed(read);
        if (!more && this.typist === typist) this.blocked = true;
      }
      while (this.ended && this.reads.length === 0 && this.typist !== this.notified) {
        this.notified = this.typist;
        this.notified?.inputEnded();
      }
    } finally {
      this.delivering = false;
    }
    if (this.typist === undefined || this.blocked || this.reads.length > 0) this.stream?.pause();
    else if (!this.ended) this.stream?.resume();
  }
}

/** leadsNowhere recognizes a descriptor that is closed or /dev/null, whose end of input means nothing. */
export function leadsNowhere(descriptor: number): boolean {
  try {
    const here = fstatSync(descriptor);
    return here.isCharacterDevice() && here.rdev === statSync('/dev/null').rdev;
  } catch {
    return true;
  }
}

const readSize = 16384;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function withCarriageReturns(read: Uint8Array): Uint8Array {
  const converted: number[] = [];
  for (const byte of read) {
    if (byte === lineFeed) converted.push(carriageReturn);
    converted.push(byte);
  }
  return Uint8Array.from(converted);
}
