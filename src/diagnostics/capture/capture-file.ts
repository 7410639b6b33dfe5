import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { CaptureLosses } from './capture-losses.ts';
import type { CaptureOutput } from './capture-output.ts';

export interface CaptureFileOptions {
  /** The first bytes of every file. */
  readonly header: Uint8Array;
  readonly losses: CaptureLosses;
  /** The next file begins before one grows larger. Absent: there is one file. */
  readonly rotation?: { readonly bytes: number; readonly path: string };
}

/**
 * CaptureFile is a capture on disk. Every write is in the file at once, and whole: a file cut off anywhere is readable.
 */
export class CaptureFile implements CaptureOutput {
  private readonly options: CaptureFileOptions;
  private descriptor: number;
  private start: number;
  /** Bytes of the capture in this file. */
  private size = 0;
  private files = 0;

  /** @param descriptor is open for writing; the capture begins after existing content */
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
      losses.lost(packets, errorText(error));
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

  /** cutTo removes the beginning of a block that did not fit. On a device nothing can be removed. */
  private cutTo(length: number): void {
    try {
      ftruncateSync(this.descriptor, length);
    } catch {}
  }
}

/**
 * openPrivately opens a file for secrets and truncates it: a new one is readable by its owner only.
 * @throws the system's error
 */
export function openPrivately(path: string): number {
  return openSync(path, 'w', 0o600);
}

/** errorText returns `ENOSPC: no space left on device, write` without the name of the system call. */
function errorText(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, \w+( '.*')?$/, '') : String(error);
}
