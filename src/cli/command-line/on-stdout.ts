import type { Given } from '../arguments/given.ts';
import { optionNamed } from '../options/index.ts';

/** onStdout returns the options, each once, that write to stdout. The last value of an option counts. */
export function onStdout(given: readonly Given[]): string[] {
  const last = new Map(given.map(({ name, value }) => [name, value]));
  return [...last].filter(([name, value]) => value === '-' && optionNamed(name)?.mayBeStdout).map(([name]) => name);
}
