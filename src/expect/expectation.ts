import { nearestNames } from '../names/nearest-name.ts';
import { BadTerm } from './bad-term.ts';
import { type Range, rangeFrom, wholeNumber } from './range.ts';
import { terms } from './terms/index.ts';
import type { Fixed, Test } from './terms/term.ts';

/** Which of the judged connections a term is about; a number counts them from 1. */
export type Scope = 'every' | 'any' | 'first' | 'last' | number;

/** One expectation, as it was written. */
export type Expectation = ConnectionExpectation | CountExpectation;

export interface ConnectionExpectation {
  readonly text: string;
  readonly about: 'connection';
  readonly scope: Scope;
  /** The opposite is expected. */
  readonly negated: boolean;
  readonly isAboutFailure: boolean;
  readonly test: Test;
  /** Without prefixes. */
  readonly bare: string;
  readonly fixed: Fixed | undefined;
}

interface CountExpectation {
  readonly text: string;
  readonly about: 'count';
  readonly negated: boolean;
  readonly range: Range;
}

/** A term that counts the judged connections; all others are about one. */
export const countTerm = {
  name: 'connections',
  help: 'so many connections are judged, or a range of them',
  example: 'connections=2',
};

/**
 * Reads terms joined by commas, where `\\,` is a comma of a value. Each may have `any:`, `first:`, `last:` or `N:`, and
 * `not:` or `!`, before its name.
 * @throws {BadTerm} for the first term that cannot be understood
 */
export function expectationsFrom(list: string): Expectation[] {
  return list.split(/(?<!\\),/).map((text) => expectationFrom(text.replaceAll('\\,', ',').trim()));
}

/** Reads a file of terms: one a line, without those that are empty or begin with `#`. @throws {BadTerm} */
export function expectationsInFile(content: string): Expectation[] {
  const lines = content.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(expectationFrom);
}

function expectationFrom(text: string): Expectation {
  const { scope, negated, rest } = prefixesOf(text);
  const [, name = '', value] = /^([^=<>]*)(?:=|(?=[<>]=))?(.*)$/s.exec(rest) ?? [];
  const given = value === '' && !rest.includes('=') ? undefined : value;
  try {
    if (name === countTerm.name && scope !== undefined) throw new BadTerm('counts all connections, not some of them');
    if (name === countTerm.name) return { text, about: 'count', negated, range: rangeFrom(given ?? '', wholeNumber) };
    const term = Object.hasOwn(terms, name) ? terms[name] : undefined;
    if (term === undefined) throw unknownTerm(name);
    const isAboutFailure = term.isAboutFailure === true;
    const test = term.read(given);
    const fixed = negated ? undefined : term.fixes?.(given);
    return { text, about: 'connection', scope: scope ?? 'every', negated, isAboutFailure, test, bare: rest, fixed };
  } catch (error) {
    if (error instanceof BadTerm) throw new BadTerm(`${JSON.stringify(text)}: ${error.message}`);
    throw error;
  }
}

interface Prefixes {
  readonly scope: Scope | undefined;
  readonly negated: boolean;
  readonly rest: string;
}

function prefixesOf(text: string): Prefixes {
  let scope: Scope | undefined;
  let negated = false;
  let rest = text;
  for (;;) {
    const [whole, prefix = '!'] = /^(?:(any|first|last|not|[1-9]\d{0,5}):|!)/.exec(rest) ?? [];
    if (whole === undefined) return { scope, negated, rest };
    rest = rest.slice(whole.length);
    if (prefix === '!' || prefix === 'not') negated = !negated;
    else if (scope === undefined) scope = scopeOf(prefix);
    else throw new BadTerm(`${JSON.stringify(text)}: one prefix only says for which connection`);
  }
}

function scopeOf(prefix: string): Scope {
  return prefix === 'any' || prefix === 'first' || prefix === 'last' ? prefix : Number(prefix);
}

function unknownTerm(name: string): BadTerm {
  const names = [...Object.keys(terms), countTerm.name];
  return new BadTerm(
    name === '' ? 'a term is missing' : `no term is called ${JSON.stringify(name)}`,
    nearestNames(name, names).slice(0, 3),
  );
}
