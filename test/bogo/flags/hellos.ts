import type { Settings } from '../../../src/handshake/flow/settings.ts';
import type { AlertName } from '../../../src/names/alerts.ts';
import { perhapsLater } from './callbacks.ts';
import { type FlagTable, toggle } from './flag.ts';

/** What callbacks say to a ClientHello, and to the question for certificates. */
export interface HelloPlan {
  readonly stepwise: boolean;
  /** The callbacks about the hello, each with the alert of its refusal; undefined where it welcomes the client. */
  earlyCallback: { refusal: AlertName | undefined } | undefined;
  loadCallback: { refusal: AlertName | undefined } | undefined;
  refusesCertificate: boolean;
}

export function helloPlan(): Omit<HelloPlan, 'stepwise'> {
  return { earlyCallback: undefined, loadCallback: undefined, refusesCertificate: false };
}

export const helloFlags: FlagTable<HelloPlan> = {
  'use-early-callback': toggle((plan) => {
    plan.earlyCallback ??= { refusal: undefined };
  }),
  'fail-early-callback': toggle((plan) => {
    plan.earlyCallback = { refusal: 'handshake_failure' };
  }),
  'install-ddos-callback': toggle((plan) => {
    plan.loadCallback ??= { refusal: undefined };
  }),
  'fail-ddos-callback': toggle((plan) => {
    plan.loadCallback = { refusal: 'internal_error' };
  }),
  'fail-cert-callback': toggle((plan) => {
    plan.refusesCertificate = true;
  }),
};

export function helloSettings(plan: HelloPlan): Partial<Settings> {
  const { earlyCallback, loadCallback, refusesCertificate, stepwise } = plan;
  const judges = earlyCallback !== undefined || loadCallback !== undefined;
  const refusal = earlyCallback?.refusal ?? loadCallback?.refusal;
  return {
    ...(judges && { judgeHello: () => perhapsLater(plan, () => refusal) }),
    ...((refusesCertificate || stepwise) && {
      credentialsFor: () => perhapsLater(plan, () => (refusesCertificate ? 'fatal' : undefined)),
    }),
  };
}
