import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { CaptureLosses } from './capture-losses.ts';
import type { CaptureOutput } from './capture-output.ts';

export interface CaptureFileOptions {
  /** What every file begins with. */
  readonly header: Uint8Array;
  readonly losses: CaptureLosses;
  /** The next file begins before one is larger. Absent: there is one file. */
  readonly rotation?: { readonly bytes: number; readonly path: string };
}

/** A capture on disk. Every write is in the file at once, and whole: a file that is cut short anywhere can be read. */
export class CaptureFile implements CaptureOutput {
  private readonly options: CaptureFileOptions;
  private descriptor: number;
  private start: number;
  /** Of the capture, in this file. */
  private size = 0;
  private files = 0;

  /** @param descriptor is open for writing; where it has content already, the capture begins behind it */
  constructor(descriptor: number, options: CaptureFileOptions) {
    this.options = options;
    this.descriptor = descriptor;
    this.start = fstatSync(descriptor).size;
    this.write(new Uint8Array(0), 0);
  }

  write(blocks: Uint8Array, packets: number): void {
    const { header, losses, rotation } = this.options;
    try {
      if (rotation && this.size > 0 && this.size + blocks.length > rotation.bytes) this.rotate(rotation.path);
      this.append(this.size === 0 ? Buffer.concat([header, blocks]) : blocks);
    } catch (error) {
      losses.lost(packets, wordsOf(error));
    }
  }

  async close(): Promise<void> {
    closeSync(this.descriptor);
    this.options.losses.summarize();
  }

  private rotate(path: string): void {
    const next = openPrivately(`${path}.${this.files + 1}`);
    closeSync(this.descriptor);
    this.descriptor = next;
    this.files++;
    this.start = 0;
    this.size = 0;
  }

  private append(bytes: Uint8Array): void {
    const from = this.start + this.size;
    try {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.descriptor, bytes, at, bytes.length - at, from + at);
      }
    } catch (error) {
      this.cutTo(from);
      throw error;
    }
    this.size += bytes.length;
  }

  /** Takes back the beginning of a block that did not fit. A device has nothing that could be taken back. */
  private cutTo(length: number): void {
    try {
      ftruncateSync(this.descriptor, length);
    } catch {}
  }
}

/**
 * Opens a file that holds secrets, and empties it: a new one can be read by its owner only.
 * @throws the system's error
 */
export function openPrivately(path: string): number {
  return openSync(path, 'w', 0o600);
}

/** `ENOSPC: no space left on device, write` without the name of the system call. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, \w+( '.*')?$/, '') : String(error);
}
