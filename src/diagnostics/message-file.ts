import { openSync, writeSync } from 'node:fs';

/** MessageFile is the file of `-msgfile`, for the output of `-msg` or `-trace`. Every piece is in the file at once. */
export class MessageFile {
  private readonly descriptor: number;

  /** @throws the system's error if the file cannot be opened for writing */
  constructor(path: string) {
    this.descriptor = openSync(path, 'a', 0o666);
  }

  /** A full disk, or a reader that has gone, never ends a conversation. */
  write(text: string): void {
    try {
      writeSync(this.descriptor, text);
    } catch {}
  }
}
