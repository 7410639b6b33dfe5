import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const endings = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * RunFolder holds the files of one run of the program: made when the first one is written, for the user alone, and removed
 * at the end, also by a signal.
 */
export class RunFolder {
  private path: string | undefined;

  /** write makes a file of mode 0600 and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    this.path ??= this.make();
    const file = join(this.path, name);
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
    return file;
  }

  remove(): void {
    if (this.path !== undefined) rmSync(this.path, { recursive: true, force: true });
    this.path = undefined;
  }

  private make(): string {
    process.once('exit', () => this.remove());
    for (const signal of endings) {
      // First of all listeners: whoever else listens ends the process itself.
      process.prependOnceListener(signal, () => {
        this.remove();
        if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
      });
    }
    // mkdtemp makes folders of mode 0700.
    return mkdtempSync(join(tmpdir(), 'serverhello-run-'));
  }
}
