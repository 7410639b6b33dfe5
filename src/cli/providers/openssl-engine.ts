import { constants, setEngine } from 'node:crypto';

import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { ErrorLine } from '../../names/problems.ts';
import type { Parsing } from '../arguments/given.ts';
import { isLoaded, libraryEnding, libraryFolder, linkerFault } from './library-folder.ts';
import { startedAgainWith } from './started-again.ts';

/** useEngine reports a missing engine, and the start goes on without it, as in the reference. */
export function useEngine(name: string, parsing: Parsing): void {
  parsing.err(engineFailure(name) ?? `Engine "${name}" set.\n`);
}

/** isEngineOfRandomness reports whether OpenSSL finds the engine and may take random numbers from it. */
export function isEngineOfRandomness(name: string): boolean {
  process.env.OPENSSL_ENGINES = libraryFolder('engines-3');
  try {
    setEngine(name, constants.ENGINE_METHOD_RAND);
    return name !== 'dynamic';
  } catch {
    return false;
  }
}

/**
 * engineFailure makes the OpenSSL inside Node use an engine for every algorithm it offers. The engine is a name, looked
 * up in `OPENSSL_ENGINES` or the system's folder, or a file's path. @returns the error text if it cannot be used
 */
export function engineFailure(name: string): string | undefined {
  // The OpenSSL inside Node was built with a folder that no system has.
  process.env.OPENSSL_ENGINES = libraryFolder('engines-3');
  try {
    setEngine(name);
    return undefined;
  } catch {
    // OpenSSL loads a file once, and may have done so at the start of this process.
    if (startedAgainWith(process.execArgv) !== undefined && name.includes('/') && isLoaded(name)) return undefined;
    return `Invalid engine "${name}"\n${errorLines(failure(name))}`;
  }
}

/** failure has the reference's lines, which tries the name first, then a file. */
function failure(name: string): readonly ErrorLine[] {
  const byName = `${libraryFolder('engines-3')}/${name}${libraryEnding}`;
  const asFile = name.includes('/') ? name : `lib${name}${libraryEnding}`;
  const missing = { library: engineLibrary, reason: 116, text: 'no such engine', function: 'ENGINE_by_id' };
  return [...notLoaded(byName), { ...missing, extra: `id=${name}` }, ...notLoaded(asFile)];
}

function notLoaded(file: string): readonly ErrorLine[] {
  const fault = linkerFault(file);
  if (fault === undefined) {
    return [{ library: engineLibrary, reason: 109, text: 'init failed', function: 'dynamic_load' }];
  }
  const notFound = { library: engineLibrary, reason: 132, text: 'dso not found', function: 'dynamic_load' };
  return [...linkerLines(file, fault), notFound];
}

/** linkerLines has the lines of OpenSSL's loader for a file that cannot be loaded. */
export function linkerLines(file: string, fault: string): readonly ErrorLine[] {
  const line = { library: 37, reason: 103, text: 'could not load the shared library' };
  return [
    { ...line, function: 'dlfcn_load', extra: `filename(${file}): ${fault}` },
    { ...line, function: 'DSO_load' },
  ];
}

const engineLibrary = 38;
