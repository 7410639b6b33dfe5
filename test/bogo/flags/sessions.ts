import type { SessionInfo } from '../../../src/handshake/flow/session-info.ts';
import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { Version } from '../../../src/names/versions.ts';
import { type Check, equals } from '../checks.ts';
import { type FlagTable, integer, toggle } from './flag.ts';

/** Resumption, by tickets and by ids. */
export interface SessionPlan {
  readonly checks: Check[];
  tickets: boolean;
  expectsMiss: boolean;
  /** Seconds until the next connection. */
  resumptionDelay: number;
}

export function sessionPlan(): Omit<SessionPlan, 'checks'> {
  return { tickets: true, expectsMiss: false, resumptionDelay: 0 };
}

export const sessionFlags: FlagTable<SessionPlan> = {
  'no-ticket': toggle((plan) => {
    plan.tickets = false;
  }),
  'expect-session-miss': toggle((plan) => {
    plan.expectsMiss = true;
  }),
  'expect-session-id': toggle(({ checks }) => {
    checks.push((seen) => (seen.isFurther || seen.stored ? undefined : 'the session was not stored'));
  }),
  'expect-no-session-id': toggle(({ checks }) => {
    checks.push((seen) => (!seen.isFurther && seen.stored ? 'the session was stored' : undefined));
  }),
  'expect-extended-master-secret': toggle(({ checks }) => {
    checks.push(equals('the extended master secret', true, ({ info }) => isExtended(info)));
  }),
  'resumption-delay': integer((plan, seconds) => {
    plan.resumptionDelay = seconds;
  }),
};

/** The secrets of TLS 1.3 cover the whole handshake anyway. */
function isExtended({ version, session }: SessionInfo): boolean {
  return version === Version['TLSv1.3'] || session.extendedMasterSecret;
}

export function sessionSettings({ tickets }: SessionPlan): Partial<Settings> {
  return { tickets, ticketCount: tickets ? 2 : 0 };
}

export function sessionChecks({ expectsMiss }: SessionPlan): readonly Check[] {
  return [
    ({ isFurther, resumed }) => {
      if (resumed === (isFurther && !expectsMiss)) return undefined;
      return `the session was${resumed ? '' : ' not'} resumed, expected the opposite`;
    },
  ];
}
