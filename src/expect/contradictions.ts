import { BadTerm } from './bad-term.ts';
import { countsAllowed } from './counts.ts';
import type { ConnectionExpectation, Expectation, Scope } from './expectation.ts';
import { haveCommonValue } from './range.ts';
import type { Fixed } from './terms/term.ts';

/** Refuses terms that no run can meet together. @throws {BadTerm} for the first that contradicts earlier ones */
export function refuseContradictions(expectations: readonly Expectation[]): void {
  for (const [at, term] of expectations.entries()) {
    const other = expectations.slice(0, at).find((it) => contradict(it, term));
    if (other) throw contradiction(term, [other]);
  }
  refuseCounts(expectations.filter((it) => it.about === 'count' || typeof it.scope === 'number'));
}

/** Refuses terms that leave no number of connections. */
function refuseCounts(counting: readonly Expectation[]): void {
  for (const [at, term] of counting.entries()) {
    const before = counting.slice(0, at);
    if (countsAllowed([...before, term]).length > 0) continue;
    const other = before.find((it) => countsAllowed([it, term]).length === 0);
    throw contradiction(term, other ? [other] : before);
  }
}

function contradiction({ text }: Expectation, others: readonly Expectation[]): BadTerm {
  const before = others.map((it) => JSON.stringify(it.text)).join(' and ');
  return new BadTerm(
    before === '' ? `${JSON.stringify(text)} cannot be met` : `${JSON.stringify(text)} contradicts ${before}`,
  );
}

function contradict(a: Expectation, b: Expectation): boolean {
  if (a.about === 'count' || b.about === 'count' || !haveSameConnection(a.scope, b.scope)) return false;
  if (a.bare === b.bare) return a.negated !== b.negated;
  return a.fixed !== undefined && a.fixed.of === b.fixed?.of && exclude(a.fixed.is, b.fixed.is);
}

/** True where both are about one connection, whatever connections come. */
function haveSameConnection(a: Scope, b: Scope): boolean {
  if (a === 'every' || b === 'every') return true;
  return a !== 'any' && numbered(a) === numbered(b);
}

function numbered(scope: ConnectionExpectation['scope']): Scope {
  return scope === 'first' ? 1 : scope;
}

function exclude(a: Fixed['is'], b: Fixed['is']): boolean {
  return typeof a === 'object' && typeof b === 'object' ? !haveCommonValue(a, b) : a !== b;
}
