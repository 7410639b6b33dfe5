import type { Outputs } from './printing/outputs.ts';

/** Screen collects output and waits for a text to appear. */
export class Screen implements Outputs {
  stdout = '';
  stderr = '';
  private readonly changed: (() => void)[] = [];

  out(text: string): void {
    this.stdout += text;
    this.notify();
  }

  err(text: string): void {
    this.stderr += text;
    this.notify();
  }

  raw(bytes: Uint8Array): void {
    this.out(Buffer.from(bytes).toString('latin1'));
  }

  async shows(what: RegExp, where: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
    while (!what.test(this[where])) await new Promise<void>((resolve) => this.changed.push(resolve));
  }

  private notify(): void {
    for (const resolve of this.changed.splice(0)) resolve();
  }
}
