import { accessSync, chmodSync, closeSync, constants, openSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from '../../crypto/primitives/random.ts';
import { errorLine } from '../../diagnostics/error-queue-lines.ts';
import type { Given } from '../arguments/given.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';

/**
 * checkRandomFiles checks the files of `-rand`, joined by colons. The random generator is the platform's and takes no
 * seed, but a file that cannot be opened is reported as by the reference, and ends the program.
 * @throws {Stop}
 */
export function checkRandomFiles(given: readonly Given[]): void {
  const files = given.filter(({ name }) => name === 'rand').flatMap(({ value }) => String(value).split(':'));
  const text = files
    .filter((file) => !isReadable(file))
    .map((file) => `Can't load ${file} into RNG\n${errorLine(cannotOpen(file, 'RAND_load_file'))}`)
    .join('');
  if (text !== '') throw new Stop(text);
}

/**
 * writeRandomFile writes 1024 random bytes to the file of `-writerand` at the program's end, however it ends; the file
 * is readable by its owner only. Returns the program's exit code, which a failure changes.
 */
export function writeRandomFile(file: string | undefined, exitCode: number, output: Pick<Output, 'err'>): number {
  if (file === undefined) return exitCode;
  const line = written(file);
  if (line === undefined) return exitCode;
  output.err(`Cannot write random bytes:\n${errorLine(line)}`);
  return 1;
}

/** written returns undefined, or the error line. */
function written(file: string) {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) return notRegular(file);
    const descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      writeSync(descriptor, randomBytes(1024));
    } finally {
      closeSync(descriptor);
    }
    chmodSync(file, 0o600);
    return undefined;
  } catch {
    return cannotOpen(file, 'RAND_write_file');
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function cannotOpen(file: string, where: 'RAND_load_file' | 'RAND_write_file') {
  return { library: 36, reason: 121, text: 'Cannot open file', function: where, extra: `Filename=${file}` };
}

function notRegular(file: string) {
  const text = 'Not a regular file';
  return { library: 36, reason: 122, text, function: 'RAND_write_file', extra: `Filename=${file}` };
}
