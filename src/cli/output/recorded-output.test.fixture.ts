import type { Output } from './output.ts';

/** RecordedOutput keeps the output, by stream and in order. */
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
