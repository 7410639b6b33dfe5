import type { Engine } from '../connection/engine.ts';
import type { Problem } from '../names/problems.ts';

/** ShortIo is an engine that gets its input a few bytes at a time (`-nbio_test`). */
export class ShortIo implements Engine {
  private readonly engine: Engine;
  private readonly draw: (most: number) => number;

  /** `draw` returns a number from 1 to `most`. */
  constructor(engine: Engine, draw: (most: number) => number) {
    this.engine = engine;
    this.draw = draw;
  }

  get deadline(): number | undefined {
    return this.engine.deadline;
  }

  get awaitsAnswer(): boolean {
    return this.engine.awaitsAnswer;
  }

  feed(bytes: Uint8Array): 'more' | 'wait' {
    let answer: 'more' | 'wait' = 'more';
    for (let at = 0; at < bytes.length; ) {
      const length = this.draw(longestPiece);
      answer = this.engine.feed(bytes.subarray(at, at + length));
      at += length;
    }
    return answer;
  }

  end(): void {
    this.engine.end();
  }

  write(plaintext: Uint8Array): 'more' | 'wait' {
    return this.engine.write(plaintext);
  }

  shutdown(): 'more' | 'wait' {
    return this.engine.shutdown();
  }

  fail(problem: Problem): void {
    this.engine.fail(problem);
  }

  drained(): void {
    this.engine.drained();
  }

  consumed(): void {
    this.engine.consumed();
  }

  expire(): void {
    this.engine.expire();
  }

  renegotiate(options: Parameters<Engine['renegotiate']>[0]): void {
    this.engine.renegotiate(options);
  }

  updateKeys(options: { requestPeer: boolean }): void {
    this.engine.updateKeys(options);
  }

  requestCertificate(): void {
    this.engine.requestCertificate();
  }

  sendRaw(bytes: Uint8Array): void {
    this.engine.sendRaw(bytes);
  }

  exportKeyingMaterial(label: string, length: number, context?: Uint8Array): Uint8Array | undefined {
    return this.engine.exportKeyingMaterial(label, length, context);
  }
}

/** Maximum bytes that the reference's filter moves at once. */
const longestPiece = 7;
