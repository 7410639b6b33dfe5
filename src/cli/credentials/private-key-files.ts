import type { Given } from '../arguments/given.ts';
import { echKeyFiles } from './ech-settings.ts';
import { defaultFile, secondDefaultFile } from './identities.ts';

/**
 * The files that private keys are read from, none of which the web modes may hand out: those of the key options, those
 * of a certificate option that stands without its key option, those for encrypted hellos, and the files that are read when
 * nothing is said.
 */
export function privateKeyFiles(given: readonly Given[]): string[] {
  const named = pairs.flatMap(([key, certificate]) => {
    const keys = given.filter(({ name }) => name === key);
    const certificates = given.filter(({ name }) => name === certificate);
    // Of the extended certificates each has its own key, or is without one.
    return keys.length < certificates.length ? [...keys, ...certificates] : keys;
  });
  const paths = named.flatMap(({ value }) => pathsOf(String(value)));
  return [...paths, ...echKeyFiles(given), defaultFile, secondDefaultFile];
}

const pairs = [
  ['key', 'cert'],
  ['key2', 'cert2'],
  ['dkey', 'dcert'],
  ['xkey', 'xcert'],
] as const;

/** A `file:` URI may as well be the name of a file. */
function pathsOf(uri: string): string[] {
  const [, path] = /^file:(?:\/\/(?:localhost)?(?=\/))?(.*)$/is.exec(uri) ?? [];
  return path === undefined ? [uri] : [uri, path];
}
