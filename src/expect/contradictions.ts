import { BadTerm } from './bad-term.ts';
import type { ConnectionExpectation, Expectation, Scope } from './expectation.ts';

/** Refuses terms that no connection can meet together. @throws {BadTerm} for the first that contradicts an earlier one */
export function refuseContradictions(expectations: readonly Expectation[]): void {
  const before: ConnectionExpectation[] = [];
  for (const term of expectations) {
    if (term.about !== 'connection') continue;
    const other = before.find((it) => haveSameConnection(it.scope, term.scope) && contradict(it, term));
    if (other) throw new BadTerm(`${JSON.stringify(term.text)} contradicts ${JSON.stringify(other.text)}`);
    before.push(term);
  }
}

/** True where both are about one connection, whatever connections come. */
function haveSameConnection(a: Scope, b: Scope): boolean {
  if (a === 'every' || b === 'every') return true;
  return a !== 'any' && numbered(a) === numbered(b);
}

function numbered(scope: Scope): Scope {
  return scope === 'first' ? 1 : scope;
}

function contradict(a: ConnectionExpectation, b: ConnectionExpectation): boolean {
  if (a.bare === b.bare) return a.negated !== b.negated;
  return a.fixed !== undefined && a.fixed.of === b.fixed?.of && a.fixed.is !== b.fixed.is;
}
