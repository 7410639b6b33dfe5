import { readFileSync } from 'node:fs';
import { BadTerm } from '../../expect/bad-term.ts';
import { refuseContradictions } from '../../expect/contradictions.ts';
import { type Expectation, expectationsFrom, expectationsInFile } from '../../expect/expectation.ts';
import { listenAddress } from '../arguments/accept-address.ts';
import type { Given } from '../arguments/given.ts';
import { onStdout } from '../command-line/on-stdout.ts';
import type { Parsed } from '../command-line/parse.ts';
import { overDatagrams } from '../command-line/protocol-flag.ts';
import { Stop } from '../output/stop.ts';
import { faultIn, type Listened } from './places.ts';
import { type ResultFile, resultFormats } from './result-files.ts';

/** What to run while the server listens: a program with its arguments, or a text for a shell. */
export type ClientCommand = { readonly words: readonly string[] } | { readonly shell: string };

/** VerdictPlan is what the command line says about judging clients. */
export interface VerdictPlan {
  readonly expectations: readonly Expectation[];
  readonly command: ClientCommand | undefined;
  /** Milliseconds. */
  readonly wait: number;
  readonly limit: number;
  /** `-naccept` was given, and says when to end. */
  readonly isCounted: boolean;
  readonly listened: Listened;
  /** Something else has stdout: the command's output goes to stderr. */
  readonly leavesStdout: boolean;
  /** Where `-junit` and `-tap` write. */
  readonly files: readonly ResultFile[];
}

/** Undefined where nothing is to be judged. @throws {Stop} */
export function verdictPlan({ options, given, command }: Parsed): VerdictPlan | undefined {
  const terms = given.filter(({ name }) => name === 'expect').map(({ value }) => String(value));
  if (terms.length === 0 && command === undefined && options.exec === undefined) {
    const needless = dependent.find((name) => options[name] !== undefined);
    if (needless === undefined) return undefined;
    throw new Stop(`Can't use -${needless} without -expect, -exec or a command\n`);
  }
  const listened = listenedFrom(given);
  return {
    expectations: expectationsOf(terms),
    command: commandOf(options.exec, command, listened),
    wait: (options.wait ?? 30) * 1000,
    limit: (options.limit ?? 60) * 1000,
    isCounted: options.naccept !== undefined,
    listened,
    leavesStdout: onStdout(given).length > 0,
    files: resultFormats.flatMap((format) => {
      const file = options[format];
      return file === undefined ? [] : [{ format, file }];
    }),
  };
}

/** Options that mean nothing without a verdict. */
const dependent = ['wait', 'limit', 'junit', 'tap'] as const;

function listenedFrom(given: readonly Given[]): Listened {
  if ('path' in listenAddress(given)) return 'unix';
  return overDatagrams(given) ? 'udp' : 'tcp';
}

function expectationsOf(lists: readonly string[]): Expectation[] {
  try {
    const expectations = lists.flatMap((text) =>
      text.startsWith('@') ? expectationsInFile(contentOf(text.slice(1))) : expectationsFrom(text),
    );
    refuseContradictions(expectations);
    return expectations;
  } catch (error) {
    if (error instanceof BadTerm) throw new Stop(`s_server: -expect: ${error.message}\n`);
    throw error;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Stop(`s_server: -expect: cannot read the file ${file}\n`);
  }
}

function commandOf(
  shell: string | undefined,
  words: readonly string[] | undefined,
  listened: Listened,
): ClientCommand | undefined {
  if (shell !== undefined && words !== undefined) throw new Stop("Can't use -exec with a command behind --\n");
  const unknown = (shell === undefined ? words : [shell])
    ?.join(' ')
    .match(shell === undefined ? /\{(?:cert|key)\}/ : /\{(?:ca|cert|key)\}/)?.[0];
  if (unknown === '{ca}') throw new Stop('s_server: -exec: {ca} is $SERVERHELLO_CA in a shell\n');
  if (unknown !== undefined) throw new Stop(`s_server: ${unknown} is not available yet\n`);
  const fault = [shell ?? '', ...(words ?? [])].map((text) => faultIn(text, listened)).find((it) => it !== undefined);
  if (fault !== undefined) throw new Stop(`s_server: ${fault}\n`);
  if (words !== undefined) return { words };
  return shell === undefined ? undefined : { shell };
}
