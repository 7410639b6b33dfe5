import { keyAgreement } from '../../../src/crypto/groups.ts';
import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { groupSettings } from '../../../src/handshake/policy/group-list.ts';
import { type Group, group } from '../../../src/names/groups.ts';
import { type Check, equals } from '../checks.ts';
import { cipherRules, defaultSuites } from './cipher-rules.ts';
import { type FlagTable, inert, integer, NotImplemented, text, toggle } from './flag.ts';

/** Suites and groups. */
export interface SuitePlan {
  readonly checks: Check[];
  cipherRules: string | undefined;
  serverPreference: boolean;
  groups: number[];
  /** For each group 1 when it is preferred as much as the next one. */
  groupFlags: number[];
}

export function suitePlan(): Omit<SuitePlan, 'checks'> {
  return { cipherRules: undefined, serverPreference: false, groups: [], groupFlags: [] };
}

export const suiteFlags: FlagTable<SuitePlan> = {
  cipher: text((plan, rules) => {
    plan.cipherRules = rules;
  }),
  'server-preference': toggle((plan) => {
    plan.serverPreference = true;
  }),
  curves: integer(({ groups }, code) => {
    groups.push(code);
  }),
  'curves-flags': integer(({ groupFlags }, flags) => {
    groupFlags.push(flags);
  }),
  // This machine counts as one whose processor has AES, so that the suite of the other kind is none of ours.
  'expect-cipher-aes': integer(({ checks }, code) => {
    checks.push(equals('the suite', code, ({ info }) => info.cipherSuite.code));
  }),
  'expect-cipher-no-aes': inert('value'),
  'expect-curve-id': integer(({ checks }, code) => {
    checks.push(equals('the group', code, ({ info }) => info.group ?? info.session.group));
  }),
};

export function suiteSettings(plan: SuitePlan): Partial<Settings> {
  const { cipherRules: rules, serverPreference } = plan;
  return {
    cipherSuites: rules === undefined ? defaultSuites() : cipherRules(rules).suites,
    serverPreference: serverPreference || rules !== undefined,
    ...groupsOf(plan),
  };
}

/** X25519MLKEM768, X25519, P-256 and P-384. */
const defaultGroups = [0x11ec, 0x001d, 0x0017, 0x0018];

/** A group is preferred to the next one with our order of preference only, and unless its flag is 1. */
function groupsOf({ groups, groupFlags, serverPreference }: SuitePlan): Partial<Settings> {
  const own = (groups.length > 0 ? groups : defaultGroups).map(groupOf);
  const tuples: Group[][] = [[]];
  for (const [at, it] of own.entries()) {
    tuples.at(-1)?.push(it);
    if (serverPreference && groupFlags[at] !== 1) tuples.push([]);
  }
  return groupSettings({ groups: own, tuples: tuples.filter((it) => it.length > 0), hybrids: [] });
}

function groupOf(code: number): Group {
  const found = group(code);
  if (found === undefined || keyAgreement(code) === undefined)
    throw new NotImplemented(`group ${code} is not implemented`);
  return found;
}
