import { hex } from '../bytes/hex.ts';
import type { Way } from './fact.ts';
import type { TellOf } from './fact-stream.ts';

/** DataFacts sums application data, so that each direction has at most one fact in 100 milliseconds. */
export class DataFacts {
  private readonly tell: TellOf<'data'>;
  private readonly content: boolean;
  private readonly sums = new Map<string, Sum>();

  /** `content`: facts have the bytes, which are buffered up to 64 KiB. */
  constructor(tell: TellOf<'data'>, content: boolean) {
    this.tell = tell;
    this.content = content;
  }

  add(way: Way, bytes: Uint8Array, early: boolean): void {
    const key = `${way} ${early}`;
    const sum = this.sums.get(key) ?? { way, early, bytes: 0, pieces: [], timer: undefined };
    this.sums.set(key, sum);
    sum.bytes += bytes.length;
    if (this.content) sum.pieces.push(Uint8Array.from(bytes));
    if (sum.timer === undefined || (this.content && sum.bytes > mostContent)) this.told(sum);
  }

  /** end reports the pending sums. */
  end(): void {
    for (const sum of this.sums.values()) {
      clearTimeout(sum.timer);
      if (sum.bytes > 0) this.emit(sum);
    }
    this.sums.clear();
  }

  private told(sum: Sum): void {
    if (sum.bytes > 0) this.emit(sum);
    clearTimeout(sum.timer);
    sum.timer = setTimeout(() => this.due(sum), interval).unref();
  }

  /** due ends an interval; after one without data the next is reported at once. */
  private due(sum: Sum): void {
    sum.timer = undefined;
    if (sum.bytes > 0) this.told(sum);
  }

  private emit(sum: Sum): void {
    const { way, bytes, early } = sum;
    const content = this.content ? { content: hex(Buffer.concat(sum.pieces)) } : {};
    sum.bytes = 0;
    sum.pieces = [];
    this.tell('data', { way, bytes, early, ...content });
  }
}

interface Sum {
  readonly way: Way;
  readonly early: boolean;
  bytes: number;
  pieces: Uint8Array[];
  timer: NodeJS.Timeout | undefined;
}

/** Milliseconds. */
const interval = 100;
const mostContent = 65536;
