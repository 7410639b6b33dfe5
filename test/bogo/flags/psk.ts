import type { Settings } from '../../../src/handshake/flow/settings.ts';
import type { Check } from '../checks.ts';
import { perhapsLater } from './callbacks.ts';
import { type FlagTable, text } from './flag.ts';

/** The pre-shared key up to TLS 1.2. */
export interface PskPlan {
  readonly stepwise: boolean;
  psk: string;
  pskIdentity: string;
}

export function pskPlan(): Omit<PskPlan, 'stepwise'> {
  return { psk: '', pskIdentity: '' };
}

export const pskFlags: FlagTable<PskPlan> = {
  psk: text((plan, key) => {
    plan.psk = key;
  }),
  'psk-identity': text((plan, identity) => {
    plan.pskIdentity = identity;
  }),
};

export function pskSettings(plan: PskPlan): Partial<Settings> {
  const { psk, pskIdentity } = plan;
  if (psk === '') return {};
  const known = Buffer.from(pskIdentity, 'latin1');
  return {
    lookUpPsk: (identity) =>
      perhapsLater(plan, () => (known.equals(identity) ? Buffer.from(psk, 'latin1') : undefined)),
    ...(pskIdentity !== '' && { pskHint: known }),
  };
}

export function pskChecks({ psk }: PskPlan): readonly Check[] {
  if (psk === '') return [];
  return [({ info }) => (info.clientCertificate === undefined ? undefined : 'a client with a PSK has a certificate')];
}
