import { optionNamed } from '../options/index.ts';

/** shownWords returns the arguments of the command line for a report: `***` replaces secrets. A command is shown as it is. */
export function shownWords(words: readonly string[]): readonly string[] {
  const shown: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return [...shown, word, ...rest];
    const [, name = '', value] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const { takes = 'flag', secret = false } = optionNamed(name) ?? {};
    shown.push(secret && value !== undefined ? word.replace(/=.*$/s, '=***') : word);
    const argument = takes === 'flag' || takes === 'words' || value !== undefined ? undefined : rest.shift();
    if (argument !== undefined) shown.push(secret ? '***' : argument);
  }
  return shown;
}
