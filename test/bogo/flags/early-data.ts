import type { SessionInfo } from '../../../src/handshake/flow/session-info.ts';
import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { type Check, equals } from '../checks.ts';
import { BadValue, type FlagTable, integer, NotImplemented, text, toggle } from './flag.ts';

/** 0-RTT data. */
export interface EarlyDataPlan {
  readonly checks: Check[];
  takesEarlyData: boolean;
}

export function earlyDataPlan(): Omit<EarlyDataPlan, 'checks'> {
  return { takesEarlyData: false };
}

export const earlyDataFlags: FlagTable<EarlyDataPlan> = {
  'enable-early-data': toggle((plan) => {
    plan.takesEarlyData = true;
  }),
  'expect-accept-early-data': toggle(({ checks }) => {
    checks.push(equals('the early data', 'accepted', ({ info }) => info.earlyData));
  }),
  'expect-reject-early-data': toggle(({ checks }) => {
    checks.push(({ info }) => (info.earlyData === 'accepted' ? 'early data was accepted' : undefined));
  }),
  'expect-early-data-reason': text(({ checks }, name) => {
    checks.push(equals('the reason about early data', reasonNamed(name), ({ info }) => info.earlyDataReason));
  }),
  'expect-ticket-age-skew': integer(({ checks }, seconds) => {
    const expected = equals('the skew of the ticket age', seconds, ({ info }) => info.ticketAgeSkew);
    checks.push((seen) => (seen.isFurther ? expected(seen) : undefined));
  }),
};

type Reason = SessionInfo['earlyDataReason'];

/** The runner's names; versions without early data have no reason. */
const reasons: ReadonlyMap<string, Reason> = new Map([
  ['accept', 'accepted'],
  ['alpn_mismatch', 'alpnMismatch'],
  ['disabled', 'disabled'],
  ['hello_retry_request', 'helloRetryRequest'],
  ['no_session_offered', 'noSession'],
  ['peer_declined', 'notOffered'],
  ['protocol_version', undefined],
  ['session_not_resumed', 'notResumed'],
  ['ticket_age_skew', 'ticketAgeSkew'],
  ['unsupported_for_session', 'unsupportedForSession'],
]);

/** ALPS, which has a reason of its own, is a draft of extensions that this engine does not have. */
const alpsMismatch = 'alps_mismatch';

/** @throws {BadValue} */
function reasonNamed(name: string): Reason {
  if (name === alpsMismatch) throw new NotImplemented('ALPS is not implemented');
  if (!reasons.has(name)) throw new BadValue(`no reason about early data: ${name}`);
  return reasons.get(name);
}

/** Seconds that the runner expects a server to tolerate. */
const ageTolerance = 60;

/** Bytes that the runner expects a server to take, and to skip without the 98 that the engine adds for a record. */
const taken = 14336;
const skipped = 16384 - 98;

export function earlyDataSettings({ takesEarlyData }: EarlyDataPlan): Partial<Settings> {
  const size = takesEarlyData ? { max: taken, receiveMax: taken } : { max: 0, receiveMax: skipped };
  return { earlyData: { accepts: takesEarlyData, ...size, replayGuard: undefined, ageTolerance } };
}
