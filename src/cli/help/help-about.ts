import { nearestNames } from '../../names/nearest-name.ts';
import { rows } from '../options/index.ts';
import type { ServerRow } from '../options/row.ts';
import { commandLine, help, optionLine } from './help.ts';
import { subcommands } from './subcommands.ts';

/** What `serverhello help WORD` prints, and its exit code. Without a word it is all of the help. */
export function helpAbout(word: string | undefined): { readonly text: string; readonly exitCode: number } {
  if (word === undefined) return { text: help(), exitCode: 0 };
  const sought = word.replace(/^--?/, '').toLowerCase();
  const options = rows.filter((row) => isAbout(row, sought)).sort((a, b) => rank(a, sought) - rank(b, sought));
  const commands = subcommands.filter((it) => `${it.name} ${it.help}`.toLowerCase().includes(sought));
  const text = options.map(described).join('') + commands.map(commandLine).join('');
  if (sought !== '' && text !== '') return { text, exitCode: 0 };
  return { text: `Nothing is about ${JSON.stringify(word)}\n${nearestOptions(sought)}`, exitCode: 1 };
}

/** A line with the options that were perhaps meant; empty where none is near. */
export function nearestOptions(name: string): string {
  const names = rows.flatMap((row) => [row.name, ...(row.aliases ?? [])]);
  const [first, ...others] = nearestNames(name, names).slice(0, mostNear);
  if (first === undefined) return '';
  return `Did you mean ${[first, ...others].map((it) => `-${it}`).join(', ')}?\n`;
}

function isAbout({ name, aliases = [], help: text, effect }: ServerRow, sought: string): boolean {
  return [name, ...aliases, text, effect].some((it) => it.toLowerCase().includes(sought));
}

/** The option of this name first, then those whose names have the word. */
function rank({ name }: ServerRow, sought: string): number {
  if (name.toLowerCase() === sought) return 0;
  return name.toLowerCase().includes(sought) ? 1 : 2;
}

function described(row: ServerRow): string {
  return `${optionLine(row)}${row.effect === row.help ? '' : `      ${row.effect}\n`}`;
}

const mostNear = 3;
