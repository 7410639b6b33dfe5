import { furtherGroups, type OptionGroup, referenceGroups } from '../options/index.ts';
import type { Row } from '../options/row.ts';

/** What `-help` prints: the reference's help as it is, then the options that it does not have. */
export function help(): string {
  return referenceHelp() + section(furtherGroups);
}

/** The help of OpenSSL 3.0 on Debian 12, byte for byte. */
export function referenceHelp(): string {
  return `Usage: s_server [options]\n${section(referenceGroups)}`;
}

/** The word for an option's argument, in help, manual and completion. */
export function argumentWord(row: Row): string | undefined {
  if (row.takes === 'flag') return undefined;
  return row.takes === 'string' ? 'val' : row.takes;
}

/** Blank, dash, name, blank and argument fill a column of this width; a text begins two blanks after it. */
const columnWidth = 26;

function section(groups: readonly OptionGroup[]): string {
  return groups.map(({ title, rows }) => `\n${title} options:\n${rows.map(line).join('')}`).join('');
}

function line(row: Row): string {
  const word = argumentWord(row);
  const head = ` -${row.name}${word === undefined ? '' : ` ${word}`}`;
  const texts = row.more === undefined ? [row.help] : [row.help, row.more];
  const [first, ...others] =
    head.length < widest ? [`${head.padEnd(columnWidth)}  ${texts[0]}`, ...texts.slice(1)] : [head, ...texts];
  return `${[first, ...others.map((text) => `${' '.repeat(columnWidth + 2)}${text}`)].join('\n')}\n`;
}

/** From here on the text goes to a line of its own. */
const widest = 30;
