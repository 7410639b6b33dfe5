import type { Settings } from '../../../src/handshake/flow/settings.ts';
import { type Check, equals } from '../checks.ts';
import { perhapsLater } from './callbacks.ts';
import { type FlagTable, text, toggle, wireList } from './flag.ts';

/** The server's name, and the application protocol by ALPN and NPN. */
export interface NamePlan {
  readonly stepwise: boolean;
  readonly checks: Check[];
  alpn: AlpnAnswer | undefined;
  /** The exact list that the client must offer. */
  advertisedAlpn: readonly string[] | undefined;
  nextProtocols: readonly string[] | undefined;
  acknowledgesServerName: boolean;
}

type AlpnAnswer = { readonly select: string } | 'reject';

export function namePlan(): Omit<NamePlan, 'stepwise' | 'checks'> {
  return { alpn: undefined, advertisedAlpn: undefined, nextProtocols: undefined, acknowledgesServerName: true };
}

export const nameFlags: FlagTable<NamePlan> = {
  'select-alpn': text((plan, select) => {
    plan.alpn = { select };
  }),
  'select-empty-alpn': toggle((plan) => {
    plan.alpn = { select: '' };
  }),
  'reject-alpn': toggle((plan) => {
    plan.alpn = 'reject';
  }),
  'decline-alpn': toggle((plan) => {
    plan.alpn = undefined;
  }),
  'expect-advertised-alpn': wireList((plan, names) => {
    plan.advertisedAlpn = names;
  }),
  'advertise-npn': wireList((plan, names) => {
    plan.nextProtocols = names;
  }),
  'advertise-empty-npn': toggle((plan) => {
    plan.nextProtocols = [];
  }),
  'expect-next-proto': text(({ checks }, name) => {
    checks.push(equals('the protocol of NPN', name, ({ info }) => info.nextProtocol));
  }),
  'expect-no-next-proto': toggle(({ checks }) => {
    checks.push(equals('the protocol of NPN', undefined, ({ info }) => info.nextProtocol));
  }),
  'no-server-name-ack': toggle((plan) => {
    plan.acknowledgesServerName = false;
  }),
  'expect-server-name': text(({ checks }, name) => {
    checks.push(equals('the server name', name, ({ info }) => info.serverName));
  }),
  'expect-no-server-name': toggle(({ checks }) => {
    checks.push(equals('the server name', undefined, ({ info }) => info.serverName));
  }),
};

export function nameSettings(plan: NamePlan): Partial<Settings> {
  const { alpn, nextProtocols } = plan;
  return {
    alpn: [],
    ...(alpn !== undefined && { chooseAlpn: chooseAlpn(plan, alpn) }),
    ...(nextProtocols !== undefined && { nextProtocols }),
  };
}

export function nameChecks({ alpn }: NamePlan): readonly Check[] {
  const wanted = typeof alpn === 'object' ? alpn.select : undefined;
  return [equals('the ALPN protocol', wanted, ({ info }) => info.alpn)];
}

/** withServerName makes any name one of ours, which acknowledges it. */
export function withServerName(plan: NamePlan, settings: Settings): Settings {
  if (!plan.acknowledgesServerName) return settings;
  return { ...settings, serverName: () => perhapsLater(plan, () => settings) };
}

function chooseAlpn(plan: NamePlan, alpn: AlpnAnswer): NonNullable<Settings['chooseAlpn']> {
  return ({ protocols }) =>
    perhapsLater(plan, () => {
      const wanted = plan.advertisedAlpn?.join();
      if (wanted !== undefined && wanted !== protocols.join()) {
        throw new Error(`the client offers the protocols ${protocols.join()}, expected ${wanted}`);
      }
      return alpn === 'reject' ? undefined : alpn.select;
    });
}
