import type { Given } from '../arguments/given.ts';
import { optionNamed } from '../options/index.ts';

/** The options, each once, whose output stdout is. Of an option given twice the last one counts. */
export function onStdout(given: readonly Given[]): string[] {
  const last = new Map(given.map(({ name, value }) => [name, value]));
  return [...last].filter(([name, value]) => value === '-' && optionNamed(name)?.mayBeStdout).map(([name]) => name);
}
