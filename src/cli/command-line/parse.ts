import { statSync } from 'node:fs';
import { badFormat } from '../arguments/format.ts';
import type { Given, Parsing } from '../arguments/given.ts';
import { numberKind, strtol } from '../arguments/strtol.ts';
import type { ConfigurationStep } from '../configuration/configuration.ts';
import { help } from '../help/help.ts';
import { nearestOptions } from '../help/help-about.ts';
import { type Options, optionNamed } from '../options/index.ts';
import type { Row } from '../options/row.ts';
import type { Output } from '../output/output.ts';
import { programVersion } from '../output/program-version.ts';
import { Stop } from '../output/stop.ts';
import { summaryLine } from '../output/summary.ts';

export interface Parsed {
  readonly options: Options;
  /** Every option in the order of the command line. */
  readonly given: readonly Given[];
  /** The options for the configuration module, in the order of the command line. */
  readonly configuration: readonly ConfigurationStep[];
  /** The command behind `--`, with its arguments; undefined without one. */
  readonly command: readonly string[] | undefined;
}

/**
 * parse reads the command line (without the program's name) from left to right up to the first error. It also runs the
 * checks, with what they print and touch. `given` is filled up to the error.
 * @throws {Stop} for every error, and for `-help` and `-version`
 */
export function parse(words: readonly string[], output: Output, given: Given[] = []): Parsed {
  const configuration: ConfigurationStep[] = [];
  const parsing: Parsing = { given, err: (text) => output.err(text) };
  const bounds = new ProtocolFlags();
  const rest = [...words];
  let commandWords: readonly string[] = [];
  while (rest[0]?.startsWith('-')) {
    const word = rest.shift();
    if (word === undefined) break;
    if (word === '--') {
      commandWords = rest.splice(0);
      break;
    }
    const { row, text } = optionOf(word, rest, output);
    const value = readValue(row, text);
    bounds.take(row);
    if (row.name === 'help') throw new Stop(help(), 0);
    if (row.name === 'version') {
      output.out(
        `serverhello ${programVersion()}, Node.js ${process.versions.node}, OpenSSL ${process.versions.openssl}\n`,
      );
      throw new Stop('', 0);
    }
    check(row, value, parsing);
    given.push({ name: row.name, value });
    const { configures: command } = row;
    if (command) configuration.push({ flag: `-${row.name}`, command, ...(value !== true && { value: text }) });
  }
  if (rest.length > 0) throw new Stop(summaryLine);
  return {
    options: lastOnes(given),
    given,
    configuration,
    command: commandWords.length > 0 ? commandWords : undefined,
  };
}

/** lastOnes returns the last value of each option. */
function lastOnes(given: readonly Given[]): Options {
  const values = new Map<string, Given['value']>();
  for (const { name, value } of given) {
    values.set(name, value);
    const { takesBack } = optionNamed(name) ?? {};
    if (takesBack !== undefined) values.delete(takesBack);
  }
  // The values have their rows' types; the lookup table and Options are derived from the same rows.
  return Object.fromEntries(values) as Options;
}

/** optionOf returns the row of an option and its value, which is part of the word or the next one. */
function optionOf(word: string, rest: string[], { readByPerson }: Output): { row: Row; text: string } {
  const [, name = '', value] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const row = optionNamed(name);
  if (row === undefined) {
    const unknown = usage(`Unknown option: -${name}`);
    throw readByPerson ? new Stop(unknown.text + nearestOptions(name)) : unknown;
  }
  if (row.takes === 'flag') {
    if (value !== undefined) throw usage(`Option -${name} does not take a value`);
    return { row, text: '' };
  }
  const text = value ?? rest.shift();
  if (text === undefined) throw usage(`Option -${row.name} needs a value`);
  return { row, text };
}

function readValue(row: Row, text: string): true | number | string {
  switch (row.takes) {
    case 'flag':
      return true;
    case 'int':
    case '+int':
    case 'intmax':
      return numberOf(row, text);
    case 'dir':
      if (!statSync(text, { throwIfNoEntry: false })?.isDirectory()) throw usage(`Not a directory: ${text}`);
      return text;
    case 'format':
    case 'PEM|DER': {
      const bad = badFormat(text, row.takes === 'format' ? 'any' : row.takes);
      if (bad !== undefined) throw new Stop(`${bad}${usage(`Invalid format "${text}" for option -${row.name}`).text}`);
      return text;
    }
    default:
      return text;
  }
}

function numberOf(row: Row, text: string): number {
  const value = strtol(text);
  if (value === undefined) throw usage(`Can't parse "${text}" as ${numberKind(text)} number`);
  if (row.takes !== 'intmax' && BigInt.asIntN(32, value) !== value) {
    throw usage(`Value "${text}" outside integer range`);
  }
  if (row.takes === '+int' && value <= 0n) throw usage(`Non-positive number "${text}" for option -${row.name}`);
  return Number(value);
}

function check(row: Row, value: true | number | string, parsing: Parsing): void {
  if (row.takes === 'flag') return;
  // readValue has read the value by the row's type.
  (row.check as ((value: number | string, parsing: Parsing) => void) | undefined)?.(value as number | string, parsing);
}

/** ProtocolFlags allows one protocol flag, and none with an option that disables a version, in any order. */
class ProtocolFlags {
  private only = 0;
  private without = 0;

  take({ only, excludesVersion }: Row): void {
    if (only !== undefined) this.only += 1;
    if (excludesVersion) this.without += 1;
    if (only !== undefined && this.only > 1) throw new Stop('Cannot supply multiple protocol flags\n');
    if (this.only === 1 && this.without > 0) {
      throw new Stop("Cannot supply both a protocol flag and '-no_<prot>'\n");
    }
  }
}

function usage(text: string): Stop {
  return new Stop(`s_server: ${text}\n${summaryLine}`);
}
