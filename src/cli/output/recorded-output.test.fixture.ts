import type { Output } from './output.ts';

/** Keeps what is printed, apart and in order, for whoever wants to look at it later. */
export class RecordedOutput implements Output {
  stdout = '';
  stderr = '';
  /** Both streams in the order of printing. */
  all = '';

  out(text: string): void {
    this.stdout += text;
    this.all += text;
  }

  err(text: string): void {
    this.stderr += text;
    this.all += text;
  }
}
