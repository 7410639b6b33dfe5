import type { Given } from '../arguments/given.ts';
import { optionNamed } from '../options/index.ts';

/** onStdout returns the options, each once, that write to stdout. The last value of an option counts. */
export function onStdout(given: readonly Given[]): string[] {
  const last = new Map(given.map(({ name, value }) => [name, value]));
  const isOnStdout = (name: string, value: unknown) => optionNamed(name)?.stdoutWords?.includes(String(value));
  return [...last].filter(([name, value]) => isOnStdout(name, value)).map(([name]) => name);
}
