import type { CodePoint } from '../../facts/decoding/value.ts';
import { BadTerm } from '../bad-term.ts';
import type { ConnectionSummary } from '../connection-summary.ts';
import { isWithin, type Range, rangeFrom } from '../range.ts';
import { pointName, type Registry } from '../registries.ts';

/** What a term found in a connection. */
export interface Finding {
  readonly met: boolean;
  /** What was there, for a person. */
  readonly seen: string;
}

export type Test = (connection: ConnectionSummary) => Finding;

/** Of `of` a connection has one only: two terms that say different things about it contradict each other. */
export interface Fixed {
  readonly of: string;
  readonly is: string | number | Range;
}

/** Term is one word of the language: what it looks at, and how its value is read. */
export interface Term {
  readonly help: string;
  readonly example: string;
  /** It is about handshakes that fail, which is then no surprise. */
  readonly isAboutFailure?: true;
  /** `value`: behind `=`; undefined without one. @throws {BadTerm} */
  read(value: string | undefined): Test;
  /** For a value that `read` has taken; undefined where others may hold beside it. */
  fixes?(value: string | undefined): Fixed | undefined;
}

/** A term that has no value: it is met, or not. */
export function plain(help: string, example: string, look: (of: ConnectionSummary) => Finding): Term {
  return {
    help,
    example,
    read(value) {
      if (value !== undefined) throw new BadTerm('takes no value');
      return look;
    },
  };
}

/** A term with a value that `read` understands. */
export function valued(help: string, example: string, read: (value: string) => Test): Term {
  return { help, example, read: (value) => read(needed(value)) };
}

/** As `valued`, for what a connection has one of. `key` is the same for all spellings. */
export function single(
  { help, example, key = (value) => value.toLowerCase() }: Single,
  read: (value: string) => Test,
): Term {
  const fixes = (value: string | undefined): Fixed | undefined =>
    value === undefined ? undefined : { of: help, is: key(value) };
  return { ...valued(help, example, read), fixes };
}

interface Single {
  readonly help: string;
  readonly example: string;
  readonly key?: (value: string) => Fixed['is'];
}

/** As `single`, for what has an order: the value is a range, whose ends `read` understands. */
export function ranged({ help, example, read }: Ranged, look: (of: ConnectionSummary) => Measured): Term {
  const key = (value: string) => rangeFrom(value, read);
  return single({ help, example, key }, (text) => {
    const range = key(text);
    return (connection) => {
      const { value, seen } = look(connection);
      return { met: value !== undefined && isWithin(range, value), seen };
    };
  });
}

interface Ranged {
  readonly help: string;
  readonly example: string;
  /** @throws {BadTerm} */
  readonly read: (end: string) => number;
}

interface Measured {
  /** Undefined where there is none. */
  readonly value: number | undefined;
  readonly seen: string;
}

function needed(value: string | undefined): string {
  if (value === undefined || value === '') throw new BadTerm('needs a value');
  return value;
}

/** One of a few words. */
export function oneOf<const W extends string>(value: string, words: readonly W[]): W {
  const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw new BadTerm(`${JSON.stringify(value)} is none of ${words.join(', ')}`);
  return found;
}

/** A code point that was chosen. */
export function chosen(
  help: string,
  example: string,
  { registry, of }: { readonly registry: Registry; of(connection: ConnectionSummary): CodePoint | null | undefined },
): Term {
  return single({ help, example, key: (value) => registry.code(value) }, (value) => {
    const code = registry.code(value);
    return (connection) => {
      const point = of(connection);
      return { met: point?.code === code, seen: point ? pointName(point) : nothing };
    };
  });
}

/** A code point in a list of the client's. */
export function listed(
  help: string,
  example: string,
  { registry, of }: { readonly registry: Registry; of(connection: ConnectionSummary): readonly CodePoint[] },
): Term {
  return valued(help, example, (value) => {
    const code = registry.code(value);
    return (connection) => {
      const points = of(connection);
      return { met: points.some((point) => point.code === code), seen: listText(points.map(pointName)) };
    };
  });
}

export function listText(names: readonly string[]): string {
  return names.length === 0 ? nothing : names.join(', ');
}

export const nothing = 'none';

export const yesOrNo = (met: boolean): Finding => ({ met, seen: met ? 'yes' : 'no' });
