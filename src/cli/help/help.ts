import { furtherGroups, type OptionGroup, referenceGroups } from '../options/index.ts';
import type { Row } from '../options/row.ts';
import { type Subcommand, subcommands } from './subcommands.ts';

/** help is the output of `-help`: the reference's help unchanged, then further options and our commands. */
export function help(): string {
  return `${referenceHelp()}${section(furtherGroups)}\nCommands:\n${subcommands.map(commandLine).join('')}`;
}

/** referenceHelp is the help of OpenSSL 3.0 on Debian 12, byte for byte. */
export function referenceHelp(): string {
  return `Usage: s_server [options]\n${section(referenceGroups)}`;
}

/** argumentWord names an option's argument in help, manual and completion. */
export function argumentWord(row: Row): string | undefined {
  if (row.takes === 'flag') return undefined;
  if (row.takes === 'words') return '[word]...';
  return row.takes === 'string' ? 'val' : row.takes;
}

/** Width of a column with blank, dash, name, blank and argument; the text begins two blanks after it. */
const columnWidth = 26;

function section(groups: readonly OptionGroup[]): string {
  return groups.map(({ title, rows }) => `\n${title} options:\n${rows.map(optionLine).join('')}`).join('');
}

/** An option with its text, as `-help` has it. */
export function optionLine(row: Row): string {
  const word = argumentWord(row);
  const texts = row.more === undefined ? [row.help] : [row.help, row.more];
  return columns(` -${row.name}${word === undefined ? '' : ` ${word}`}`, texts);
}

/** The same of a command. */
export function commandLine({ name, takes, help }: Subcommand): string {
  return columns(` ${name} ${takes}`, [help]);
}

function columns(head: string, texts: readonly string[]): string {
  const [first, ...others] =
    head.length < widest ? [`${head.padEnd(columnWidth)}  ${texts[0]}`, ...texts.slice(1)] : [head, ...texts];
  return `${[first, ...others.map((text) => `${' '.repeat(columnWidth + 2)}${text}`)].join('\n')}\n`;
}

/** Columns from which the text goes to a line of its own. */
const widest = 30;
