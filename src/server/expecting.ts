import { AssertionError } from 'node:assert';
import type { EventEmitter } from 'node:events';
import { BadTerm } from '../expect/bad-term.ts';
import { refuseContradictions } from '../expect/contradictions.ts';
import { connectionsNeeded, expectNobody } from '../expect/counts.ts';
import { type Expectation, expectationsFrom } from '../expect/expectation.ts';
import { Judge } from '../expect/judge.ts';
import { failureText, verdictText } from '../expect/results/result.ts';
import type { Fact } from '../facts/fact.ts';
import { integerFrom } from './options/option-value.ts';
import { TlsError } from './sockets/tls-error.ts';

/** How long to wait for what is expected. */
export interface ExpectOptions {
  /** Milliseconds until the verdict at the latest: 30000 unless given. */
  readonly timeout?: number | undefined;
  /** Gives up, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * expectOf judges the connections of a server that begin from now on. It resolves once as many have come as the terms need,
 * one at least, and nothing about them can change any more.
 */
export async function expectOf(
  server: EventEmitter,
  terms: string | readonly string[],
  { timeout, signal }: ExpectOptions = {},
): Promise<void> {
  const limit = integerFrom('timeout', timeout, { otherwise: 30_000, min: 1, max: 0x7fffffff });
  const expectations = expectationsIn(terms);
  signal?.throwIfAborted();
  const faults = await new Promise<readonly string[]>((resolve, reject) => {
    const trial = new Trial(expectations);
    const finish = (why: string) => end(() => resolve(trial.faults(why)));
    const hear = (fact: Fact) => {
      trial.hear(fact);
      if (trial.isSettled) finish('');
    };
    const closed = () => finish('the server was closed');
    const aborted = () => end(() => reject(signal?.reason));
    const timer = setTimeout(() => finish(`within ${limit / 1000} s`), limit);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      server.off('fact', hear).off('close', closed);
      signal?.removeEventListener('abort', aborted);
      settle();
    };
    server.on('fact', hear).on('close', closed);
    signal?.addEventListener('abort', aborted);
  });
  if (faults.length > 0) throw new AssertionError({ message: faults.join('\n'), stackStartFn: expectOf });
}

/** Trial judges connections until there is nothing more to wait for. */
class Trial {
  private readonly expectations: readonly Expectation[];
  private readonly judge: Judge;
  private readonly needed: number;
  /** Terms look beyond the handshake, such as those about requests. */
  private readonly looksFurther: boolean;

  constructor(expectations: readonly Expectation[]) {
    this.expectations = expectations;
    this.judge = new Judge(expectations, { greeted: () => {}, probed: () => {} });
    this.needed = connectionsNeeded(expectations) ?? 1;
    this.looksFurther = expectations.some((it) => it.about === 'connection' && it.looksFurther);
  }

  hear(fact: Fact): void {
    this.judge.hear(fact);
  }

  /** A trial that expects nobody is settled by whoever comes, and otherwise by the time. */
  get isSettled(): boolean {
    const { judged } = this.judge;
    return judged.length >= this.needed && this.open === 0;
  }

  /** Lines about what was not met. `why` the trial was cut short; empty where it was not. */
  faults(why: string): string[] {
    const verdicts = this.judge.verdicts().filter(({ met }) => met === false);
    const lines = [...verdicts.map(verdictText), ...this.judge.surprises.map(failureText)];
    const { length } = this.judge.judged;
    if (why === '' || lines.length > 0 || (length === 0 && expectNobody(this.expectations))) return lines;
    if (length === 0) return [why.startsWith('within') ? `no client came ${why}` : `no client came: ${why}`];
    return this.open > 0 ? [`${this.open} of ${length} connections did not end ${why}`] : [];
  }

  /** Number of connections that can still change a verdict. */
  private get open(): number {
    return this.judge.judged.filter(({ closed, established }) => {
      return closed === undefined && (this.looksFurther || established === undefined);
    }).length;
  }
}

/** @throws {TlsError} for terms that cannot be understood, or met together */
function expectationsIn(terms: string | readonly string[]): readonly Expectation[] {
  try {
    const expectations = [terms].flat().flatMap((list) => expectationsFrom(String(list)));
    refuseContradictions(expectations);
    const request = expectations.find((it) => it.about === 'connection' && it.bare.startsWith('http='));
    if (request)
      throw new BadTerm(`${JSON.stringify(request.text)}: requests are known to the application, not to the server`);
    return expectations;
  } catch (error) {
    if (!(error instanceof BadTerm)) throw error;
    throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `expect: ${error.message}`);
  }
}
