import { statSync } from 'node:fs';
import { numberKind, strtol } from '../arguments/strtol.ts';
import type { Row, Takes } from '../options/row.ts';
import { verifyOptionNamed } from '../options/verify.ts';
import { Stop } from '../output/stop.ts';

/** Argument is an option with its value. */
export interface Argument {
  readonly name: string;
  readonly value: string;
}

export interface Arguments {
  readonly options: readonly Argument[];
  /** The arguments after the options. */
  readonly files: readonly string[];
}

/** parseArguments parses the command line after `verify`, up to the first error. @throws {Stop} */
export function parseArguments(words: readonly string[]): Arguments {
  const options: Argument[] = [];
  const rest = [...words];
  while (rest[0]?.startsWith('-') && rest[0] !== '-') {
    const word = rest.shift();
    if (word === undefined || word === '--') break;
    const [, name = '', attached] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    options.push(argument(name, attached, rest, options));
  }
  return { options, files: rest };
}

/** argument makes one option whose parts are known; `given` are those before it. @throws {Stop} */
export function argument(
  name: string,
  attached: string | undefined,
  rest: string[],
  given: readonly Argument[] = [],
): Argument {
  const row = verifyOptionNamed(name);
  if (row === undefined) throw usage(`Unknown option: -${name}`);
  if (row.takes === 'flag') {
    if (attached !== undefined) throw usage(`Option -${name} does not take a value`);
    return { name: row.name, value: '' };
  }
  const value = attached ?? rest.shift();
  if (value === undefined) throw usage(`Option -${row.name} needs a value`);
  check(row, value, given);
  return { name: row.name, value };
}

export const program = 'verify';

function usage(text: string): Stop {
  return new Stop(`${program}: ${text}\n${program}: Use -help for summary.\n`);
}

const numbers: ReadonlySet<Takes> = new Set<Takes>(['int', '+int', 'intmax']);

function check(row: Row, value: string, given: readonly Argument[]): void {
  if (numbers.has(row.takes)) {
    const number = strtol(value);
    if (number === undefined) throw usage(`Can't parse "${value}" as ${numberKind(value)} number`);
    const isTooLarge = row.takes !== 'intmax' && BigInt.asIntN(32, number) !== number;
    if (isTooLarge) throw usage(`Value "${value}" outside integer range`);
    return;
  }
  if (row.takes === 'dir' && !statSync(value, { throwIfNoEntry: false })?.isDirectory()) {
    throw usage(`Not a directory: ${value}`);
  }
  try {
    // A check of a text option takes a text.
    (row.check as ((value: string, parsing: object) => void) | undefined)?.(value, { given, err: () => undefined });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    throw new Stop(error.text.replace(/^s_server: /, `${program}: `), error.exitCode);
  }
}
