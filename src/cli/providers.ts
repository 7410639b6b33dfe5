import { cipherOf } from '../crypto/ciphers.ts';
import type { Given } from './options/row.ts';
import { Stop } from './stop.ts';

/** Makes Node load the legacy provider beside the default one, at its start only. */
export const legacyFlag = '--openssl-legacy-provider';

/** Whether a command line asks for the legacy provider and this process was started without. */
export function lacksLegacy(words: readonly string[]): boolean {
  const asked = words.some((word, index) => {
    const [name, value = words[index + 1]] = word.split('=', 2);
    return (name === '-provider' || name === '--provider') && value === 'legacy';
  });
  return asked && !legacyIsLoaded();
}

/** @throws {Stop} in the reference's words, for a provider that is not there */
export function knownProvider(name: string): void {
  const known = name === 'legacy' ? legacyIsLoaded() : builtInProviders.has(name);
  const hint = 'Hint: use -provider-path option or OPENSSL_MODULES environment variable.';
  if (!known) throw new Stop(`s_server: unable to load provider ${name}\n${hint}\n`);
}

/**
 * These two hold no algorithms: where they are all that is asked for, the reference can do nothing.
 * @throws {Stop}
 */
export function refuseEmptyProviders(given: readonly Given[]): void {
  const names = given.filter(({ name }) => name === 'provider').map(({ value }) => String(value));
  const [first] = names;
  if (first === undefined || names.includes('default') || names.includes('legacy')) return;
  throw new Stop(`s_server: -provider ${first} holds no algorithms, give -provider default too\n`);
}

function legacyIsLoaded(): boolean {
  return cipherOf('SEED(128)') !== undefined;
}

const builtInProviders: ReadonlySet<string> = new Set(['default', 'base', 'null']);
