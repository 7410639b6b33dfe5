import { BadTerm } from './bad-term.ts';

/** Range is all values between two ends, which belong to it. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export function isWithin({ least, most }: Range, value: number): boolean {
  return value >= least && value <= most;
}

export function haveCommonValue(a: Range, b: Range): boolean {
  return a.least <= b.most && b.least <= a.most;
}

/**
 * Reads a value, or a range: `1.2..`, `..1500`, `2..5`, `>=1.2`, `<=1500`. `read` understands an end.
 * @throws {BadTerm} where the range is empty, and what `read` throws
 */
export function rangeFrom(text: string, read: (end: string) => number): Range {
  const [, from, to] = /^(.*)\.\.(.*)$/.exec(text) ?? [];
  const [, sign, end] = /^(>=|<=)(.*)$/.exec(text) ?? [];
  if (sign !== undefined && end !== undefined)
    return sign === '>=' ? between(read(end), undefined) : between(undefined, read(end));
  if (from === undefined || to === undefined) {
    const only = read(text);
    return { least: only, most: only };
  }
  if (from === '' && to === '') throw new BadTerm('a range needs an end');
  return between(from === '' ? undefined : read(from), to === '' ? undefined : read(to));
}

function between(least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Range {
  if (least > most) throw new BadTerm('the range is empty');
  return { least, most };
}

/** @throws {BadTerm} for anything but decimal digits */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new BadTerm(`${JSON.stringify(text)} is no whole number`);
  return Number(text);
}

/** The rank of a version: `1.2`, `TLSv1.2` and `DTLS 1.2` are one. SSL 3.0 is `3.0` or `ssl3`. @throws {BadTerm} */
export function versionRank(text: string): number {
  const name = text
    .toLowerCase()
    .replace(/^d?tls ?v?/, '')
    .replace(/^ssl ?v?3(\.0)?$/, '3.0');
  const rank = ['3.0', '1.0', '1.1', '1.2', '1.3'].indexOf(name === '1' ? '1.0' : name);
  if (rank < 0) throw new BadTerm(`no version is called ${JSON.stringify(text)}: 1.0, 1.1, 1.2, 1.3 or ssl3`);
  return rank;
}
