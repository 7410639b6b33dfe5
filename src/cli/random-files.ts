import { accessSync, constants } from 'node:fs';
import { errorLine } from '../diagnostics/error-lines.ts';
import type { Given } from './options/row.ts';
import { Stop } from './stop.ts';

/**
 * `-rand` names files, joined by colons, for the random generator. Ours is the platform's and takes no seed, but a file
 * that cannot be opened is told as the reference tells it, and ends the program.
 * @throws {Stop}
 */
export function checkRandomFiles(given: readonly Given[]): void {
  const files = given.filter(({ name }) => name === 'rand').flatMap(({ value }) => String(value).split(':'));
  const text = files
    .filter((file) => !isReadable(file))
    .map((file) => `Can't load ${file} into RNG\n${errorLine(cannotOpen(file))}`)
    .join('');
  if (text !== '') throw new Stop(text);
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function cannotOpen(file: string) {
  return { library: 36, reason: 121, text: 'Cannot open file', function: 'RAND_load_file', extra: `Filename=${file}` };
}
