import type { Fact } from '../facts/fact.ts';
import { ConnectionSummary } from './connection-summary.ts';
import type { Expectation, Scope } from './expectation.ts';
import { isWithin } from './range.ts';

/** What became of one expectation. */
export interface Verdict {
  /** The term as it was written. */
  readonly term: string;
  /** Null where there was no connection to judge. */
  readonly met: boolean | null;
  /** The connection that decided, by the number of its facts; undefined where none alone did. */
  readonly connection: number | undefined;
  /** What was there, for a person. */
  readonly seen: string;
  /** Duration of that connection; 0 without one. */
  readonly milliseconds: number;
}

/** A handshake that failed. */
export interface HandshakeFailure {
  readonly connection: number;
  readonly text: string;
  /** Lines for a person. */
  readonly explain: readonly string[];
  readonly milliseconds: number;
}

interface Heard {
  /** Called at the first whole hello of a connection, with the number of those that have sent one. */
  readonly greeted: (count: number) => void;
  /** Called when a connection has closed without a whole hello. */
  readonly probed: (connection: number) => void;
}

/** Judge hears the facts of a run, and says at its end which expectations are met. */
export class Judge {
  private readonly expectations: readonly Expectation[];
  private readonly summaries = new Map<number, ConnectionSummary>();
  private readonly heard: Heard;

  constructor(expectations: readonly Expectation[], heard: Heard) {
    this.expectations = expectations;
    this.heard = heard;
  }

  hear(fact: Fact): void {
    if (!('connection' in fact) || fact.connection === undefined) return;
    const { connection } = fact;
    const summary = this.summaries.get(connection) ?? new ConnectionSummary(connection);
    if (fact.fact === 'connected') this.summaries.set(connection, summary);
    summary.hear(fact);
    if (fact.fact === 'clientHello' && summary.hellos.length === 1) this.heard.greeted(this.judged.length);
    if (fact.fact !== 'closed' || summary.isJudged) return;
    this.summaries.delete(connection);
    this.heard.probed(connection);
  }

  /** The connections with a whole hello, in the order in which they came. */
  get judged(): readonly ConnectionSummary[] {
    return [...this.summaries.values()].filter(({ isJudged }) => isJudged);
  }

  /** True where a term is about failures, which are then no surprise. */
  get expectsFailures(): boolean {
    return this.expectations.some((it) => it.about === 'connection' && it.isAboutFailure);
  }

  /** Handshakes that failed while no term is about that. */
  get surprises(): readonly HandshakeFailure[] {
    if (this.expectsFailures) return [];
    return this.judged.flatMap(({ connection, failed, handshakeFailed, milliseconds }) =>
      failed && handshakeFailed ? [{ connection, text: failed.text, explain: failed.explain, milliseconds }] : [],
    );
  }

  verdicts(): Verdict[] {
    return this.expectations.map((expectation) => this.verdictOn(expectation));
  }

  private verdictOn(expectation: Expectation): Verdict {
    const { text: term, negated } = expectation;
    const { judged } = this;
    if (expectation.about === 'count') {
      const met = isWithin(expectation.range, judged.length) !== negated;
      return { term, met, ...nobody, seen: `${judged.length}` };
    }
    if (judged.length === 0) return { term, met: null, ...nobody, seen: 'no client' };
    const subjects = inScope(judged, expectation.scope);
    if (subjects.length === 0) return { term, met: false, ...nobody, seen: `${judged.length} connections` };
    const findings = subjects.map((subject) => ({ subject, ...expectation.test(subject) }));
    const isMet = (finding: (typeof findings)[number]) => finding.met !== negated;
    const decisive = expectation.scope === 'any' ? findings.find(isMet) : findings.find((finding) => !isMet(finding));
    const met = expectation.scope === 'any' ? decisive !== undefined : decisive === undefined;
    const { subject, seen = '' } = decisive ?? findings[0] ?? {};
    return { term, met, connection: subject?.connection, seen, milliseconds: subject?.milliseconds ?? 0 };
  }
}

/** No connection has decided. */
const nobody = { connection: undefined, milliseconds: 0 } as const;

function inScope(judged: readonly ConnectionSummary[], scope: Scope): readonly ConnectionSummary[] {
  switch (scope) {
    case 'every':
    case 'any':
      return judged;
    case 'first':
      return judged.slice(0, 1);
    case 'last':
      return judged.slice(-1);
    default:
      return judged.slice(scope - 1, scope);
  }
}
