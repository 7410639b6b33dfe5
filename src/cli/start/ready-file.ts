import { renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import type { Output } from '../output/output.ts';

export interface ReadyAddress {
  readonly host: string;
  readonly port: number;
}

/** writeReady writes the line of `-ready`; false, after an error message, where that is not possible. */
export function writeReady(word: string, { host, port }: ReadyAddress, output: Output): boolean {
  const line = `${host} ${port} ${process.pid}\n`;
  try {
    const descriptor = /^fd:(\d{1,6})$/.exec(word)?.[1];
    if (descriptor !== undefined) writeSync(Number(descriptor), line);
    else appear(word, line);
    return true;
  } catch (error) {
    output.err(`s_server: -ready: ${error instanceof Error ? error.message : error}\n`);
    return false;
  }
}

/** A reader finds the whole line, or no file. */
function appear(file: string, line: string): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, line);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
