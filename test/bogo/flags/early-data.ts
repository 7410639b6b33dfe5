import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { type Check, equals } from '../checks.ts';
import { type FlagTable, toggle } from './flag.ts';

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
};

/** Bytes that the runner expects a server to take, and to skip without the 98 that the engine adds for a record. */
const taken = 14336;
const skipped = 16384 - 98;

export function earlyDataSettings({ takesEarlyData }: EarlyDataPlan): Partial<Settings> {
  const size = takesEarlyData ? { max: taken, receiveMax: taken } : { max: 0, receiveMax: skipped };
  return { earlyData: { accepts: takesEarlyData, ...size, replayGuard: undefined } };
}
