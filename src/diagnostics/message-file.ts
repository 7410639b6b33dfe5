import { openSync, writeSync } from 'node:fs';

/** The file of `-msgfile`, which takes what `-msg` or `-trace` print. Every piece is in the file at once. */
export class MessageFile {
  private readonly descriptor: number;

  /** @throws the system's error where the file cannot be opened for writing */
  constructor(path: string) {
    this.descriptor = openSync(path, 'a', 0o666);
  }

  /** A disk that is full, or a reader that went away, is no reason to end a conversation. */
  write(text: string): void {
    try {
      writeSync(this.descriptor, text);
    } catch {}
  }
}
