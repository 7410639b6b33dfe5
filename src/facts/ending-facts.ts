import type { Trouble } from '../connection/trouble.ts';
import type { CodePoint } from './decoding/value.ts';
import type { FactOf, Telling } from './fact.ts';
import { ruleOf } from './rules.ts';

type Failed = Omit<Telling<'failed'>, 'explain'>;
type Closed = Pick<FactOf<'closed'>, 'how' | 'by'>;

/** Context is what is known of a connection when it fails. */
export interface Context {
  readonly where: Failed['where'];
  /** The last alert of the peer. */
  readonly received: CodePoint | undefined;
  /** The version that was agreed on. */
  readonly version: number | undefined;
}

/** failureOf describes a failed conversation. */
export function failureOf(trouble: Trouble, { where, received, version }: Context): Failed {
  const silent = { rfc: null, alertSent: null, alertReceived: null, where };
  switch (trouble.how) {
    case 'failed': {
      const { problem, message, alert } = trouble.problem;
      const alertReceived = problem === 'peerAlert' ? (received ?? null) : null;
      return {
        problem,
        text: message,
        rfc: ruleOf(problem, version) ?? null,
        alertSent: alert ?? null,
        alertReceived,
        where,
      };
    }
    case 'crashed':
      return { ...silent, problem: 'crashed', text: trouble.error.message, alertSent: 'internal_error' };
    case 'lost':
      return { ...silent, problem: 'lost', text: trouble.error.message };
    case 'timedOut':
      return { ...silent, problem: 'timedOut', text: `nothing came in time during the ${trouble.during}` };
  }
}

/** disconnection describes a client that disconnected without breaking a rule. */
export function disconnection(where: Failed['where']): Failed {
  const text = 'the client left before the handshake was done';
  return { problem: 'disconnected', text, rfc: null, alertSent: null, alertReceived: null, where };
}

/**
 * endsQuietly reports if trouble after the handshake is no failure: a disconnected peer is reported by `closed` only.
 */
export function endsQuietly(trouble: Trouble): boolean {
  if (trouble.how === 'failed') return trouble.problem.problem === 'unexpectedEofWhileReading';
  return trouble.how !== 'crashed';
}

/** closedBy describes a connection closed by trouble. */
export function closedBy(trouble: Trouble): Closed {
  switch (trouble.how) {
    case 'lost':
      return { how: 'reset', by: 'peer' };
    case 'timedOut':
      return { how: 'timeout', by: 'us' };
    case 'crashed':
      return { how: 'failure', by: 'us' };
    case 'failed': {
      const { problem } = trouble.problem;
      if (problem === 'unexpectedEofWhileReading') return { how: 'fin', by: 'peer' };
      return { how: 'failure', by: problem === 'peerAlert' ? 'peer' : 'us' };
    }
  }
}
