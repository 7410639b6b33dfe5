import type { Expectation } from './expectation.ts';
import { isWithin } from './range.ts';

/** The least number of judged connections, 1 at least, that the expectations allow; undefined where they allow none. */
export function connectionsNeeded(expectations: readonly Expectation[]): number | undefined {
  return countsAllowed(expectations).find((count) => count > 0);
}

/** True where a run without any client is as expected: `connections=0`. */
export function expectNobody(expectations: readonly Expectation[]): boolean {
  return expectations.some(({ about }) => about === 'count') && countsAllowed(expectations)[0] === 0;
}

/**
 * The numbers of connections that all expectations allow, in order, of those at which the answer can change: the ends of
 * ranges and what stands beside them.
 */
export function countsAllowed(expectations: readonly Expectation[]): readonly number[] {
  const ends = expectations.flatMap((it) => {
    if (it.about === 'count') return [it.range.least, it.range.most];
    return typeof it.scope === 'number' ? [it.scope] : [];
  });
  const candidates = [0, 1, ...ends.filter(Number.isFinite).flatMap((end) => [end - 1, end, end + 1])];
  const allowed = candidates.filter((count) => count >= 0 && expectations.every((it) => allows(it, count)));
  return allowed.sort((a, b) => a - b);
}

function allows(expectation: Expectation, count: number): boolean {
  if (expectation.about === 'count') return isWithin(expectation.range, count) !== expectation.negated;
  return typeof expectation.scope !== 'number' || count >= expectation.scope;
}
