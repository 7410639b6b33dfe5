import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EchSettings } from '../../handshake/flow/settings.ts';
import { BadEchKeys, type EchKey, echKeysFromPem } from '../../x509/files/ech-keys.ts';
import type { Given } from '../arguments/given.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';

/**
 * echSettings loads the keys for encrypted hellos of `-ech_key`, `-ech_dir` and `-ech_noretry_dir`, in this order, as
 * the reference does; undefined without these options.
 * @throws {Stop}
 */
export function echSettings(options: Options, output: Output): EchSettings | undefined {
  const { ech_key: file, ech_dir: forRetry, ech_noretry_dir: notForRetry } = options;
  if (file === undefined && forRetry === undefined && notForRetry === undefined) return undefined;
  const files = [
    ...(file === undefined ? [] : [fromOption(file, output)]),
    ...(forRetry === undefined ? [] : fromDirectory(forRetry, { forRetry: true }, output)),
    ...(notForRetry === undefined ? [] : fromDirectory(notForRetry, { forRetry: false }, output)),
  ];
  output.out(`Loaded ${files.length} ECH key pairs in total\n`);
  return {
    keys: files.flat(),
    trialDecryption: options.ech_trialdecrypt === true,
    greasesRetries: options.ech_greaseretries === true,
  };
}

/** echKeyFiles returns the private key files of those options. */
export function echKeyFiles(given: readonly Given[]): string[] {
  return given.flatMap(({ name, value }) => {
    if (name === 'ech_key') return [String(value)];
    return name === 'ech_dir' || name === 'ech_noretry_dir' ? filesIn(String(value)) : [];
  });
}

function fromOption(file: string, output: Output): EchKey[] {
  const keys = keysIn(file, { forRetry: true });
  if (keys === undefined) throw new Stop(`Failed reading: ${file}\n`);
  output.out(`Added ECH key pair from: ${file}\n`);
  return keys;
}

/** fromDirectory reports a file that is no key pair and skips it. */
function fromDirectory(directory: string, use: Pick<EchKey, 'forRetry'>, output: Output): EchKey[][] {
  if (!isDirectory(directory)) {
    throw new Stop(`'${directory}' not a directory - exiting\nerror loading from ${directory}\n`);
  }
  const added: EchKey[][] = [];
  for (const path of filesIn(directory)) {
    const keys = keysIn(path, use);
    if (keys === undefined) {
      output.err(`Failed reading from: ${path}\n`);
      continue;
    }
    added.push(keys);
    output.out(`Added ECH key pair from: ${path.substring(join(directory, '/').length)}\n`);
  }
  output.out(`Added ${added.length} ECH key pairs from: ${directory}\n`);
  return added;
}

/** filesIn sorts by name, so that retry configurations have the same order each time. */
function filesIn(directory: string): string[] {
  if (!isDirectory(directory)) return [];
  const paths = readdirSync(directory)
    .sort()
    .map((name) => join(directory, name));
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

function keysIn(file: string, use: Pick<EchKey, 'forRetry'>): EchKey[] | undefined {
  try {
    if (statSync(file).size > longestFile) return undefined;
    return echKeysFromPem(readFileSync(file, 'latin1'), use);
  } catch (error) {
    if (error instanceof BadEchKeys || (error instanceof Error && 'syscall' in error)) return undefined;
    throw error;
  }
}

/** Maximum bytes of a file: the longest list of configurations is shorter. */
const longestFile = 1 << 17;

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
