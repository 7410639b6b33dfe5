import { escaped } from '../../bytes/escaped.ts';
import type { HandshakeFailure, Verdict } from '../judge.ts';

/** Result is one thing that a run was to prove, for reports of tests. */
export interface Result {
  /** The same in every run. */
  readonly name: string;
  readonly outcome: 'good' | 'bad' | 'skipped';
  /** One line; empty where all is well. */
  readonly message: string;
  /** More lines for a person. */
  readonly details: readonly string[];
  /** Duration of the connection that decided; 0 where none did. */
  readonly milliseconds: number;
}

/** termResult is what became of a term. */
export function termResult(verdict: Verdict): Result {
  const { term: name, met, milliseconds } = verdict;
  const base = { name, milliseconds, details: [] };
  if (met === null) return { ...base, outcome: 'skipped', message: verdict.seen };
  return met ? { ...base, outcome: 'good', message: '' } : { ...base, outcome: 'bad', message: verdictText(verdict) };
}

/** handshakesResult is bad where handshakes failed and no term is about that. */
export function handshakesResult(failures: readonly HandshakeFailure[]): Result {
  const message = failures.map(failureText).join('; ');
  const details = failures.flatMap(({ explain }) => explain);
  const milliseconds = failures[0]?.milliseconds ?? 0;
  return { name: 'handshakes', outcome: failures.length === 0 ? 'good' : 'bad', message, details, milliseconds };
}

/** plainResult is good without a fault. */
export function plainResult(name: string, fault: string | undefined): Result {
  const outcome = fault === undefined ? 'good' : 'bad';
  return { name, outcome, message: fault ?? '', details: [], milliseconds: 0 };
}

/** What was expected, and seen, by which connection. */
export function verdictText({ term, seen, connection }: Verdict): string {
  return escaped(`expected ${term}, seen ${seen}${connection === undefined ? '' : ` by connection ${connection}`}`);
}

export function failureText({ connection, text }: HandshakeFailure): string {
  return escaped(`the handshake of connection ${connection} failed: ${text}`);
}
