import type { Settings } from '../../src/handshake/flow/settings.ts';
import { baseSettings } from '../../src/handshake/policy/base-settings.ts';
import type { Check } from './checks.ts';
import {
  type ClientCertificatePlan,
  clientCertificateChecks,
  clientCertificateFlags,
  clientCertificatePlan,
  clientCertificateSettings,
} from './flags/client-certificates.ts';
import { type CredentialPlan, credentialFlags, credentialPlan, credentialSettings } from './flags/credentials.ts';
import { type DatagramPlan, datagramFlags, datagramPlan, datagramSettings } from './flags/datagrams.ts';
import { type EarlyDataPlan, earlyDataFlags, earlyDataPlan, earlyDataSettings } from './flags/early-data.ts';
import { type ExchangePlan, exchangeFlags, exchangePlan, exchangeSettings } from './flags/exchange.ts';
import type { FlagTable } from './flags/flag.ts';
import { type HelloPlan, helloFlags, helloPlan, helloSettings } from './flags/hellos.ts';
import { type NamePlan, nameChecks, nameFlags, namePlan, nameSettings, withServerName } from './flags/names.ts';
import { type NetworkPlan, networkFlags, networkPlan } from './flags/network.ts';
import { type PskPlan, pskChecks, pskFlags, pskPlan, pskSettings } from './flags/psk.ts';
import { type SessionPlan, sessionChecks, sessionFlags, sessionPlan, sessionSettings } from './flags/sessions.ts';
import {
  type SignaturePlan,
  signatureChecks,
  signatureFlags,
  signaturePlan,
  signatureSettings,
} from './flags/signatures.ts';
import { type SuitePlan, suiteFlags, suitePlan, suiteSettings } from './flags/suites.ts';
import { type TicketPlan, ticketFlags, ticketPlan, ticketProtection } from './flags/tickets.ts';
import { type VersionPlan, versionFlags, versionPlan, versionSettings } from './flags/versions.ts';

/** Plan is what the flags ask of one connection. Each subject has its part, its flags, and what they change. */
export interface Plan
  extends NetworkPlan,
    VersionPlan,
    SuitePlan,
    SignaturePlan,
    CredentialPlan,
    ClientCertificatePlan,
    HelloPlan,
    NamePlan,
    PskPlan,
    SessionPlan,
    TicketPlan,
    EarlyDataPlan,
    DatagramPlan,
    ExchangePlan {
  readonly stepwise: boolean;
  readonly datagrams: boolean;
}

export function freshPlan(): Plan {
  return {
    checks: [],
    ...networkPlan(),
    ...versionPlan(),
    ...suitePlan(),
    ...signaturePlan(),
    ...credentialPlan(),
    ...clientCertificatePlan(),
    ...helloPlan(),
    ...namePlan(),
    ...pskPlan(),
    ...sessionPlan(),
    ...ticketPlan(),
    ...earlyDataPlan(),
    ...datagramPlan(),
    ...exchangePlan(),
  };
}

export const flags: FlagTable<Plan> = {
  ...networkFlags,
  ...versionFlags,
  ...suiteFlags,
  ...signatureFlags,
  ...credentialFlags,
  ...clientCertificateFlags,
  ...helloFlags,
  ...nameFlags,
  ...pskFlags,
  ...sessionFlags,
  ...ticketFlags,
  ...earlyDataFlags,
  ...datagramFlags,
  ...exchangeFlags,
};

/** What all connections of a run share. */
export type Shared = Pick<Settings, 'ticketKeys' | 'sessions' | 'statistics'>;

/** settingsOf makes the settings of a connection. @throws for files and lists that cannot be used */
export function settingsOf(plan: Plan, shared: Shared): Settings {
  return withServerName(plan, {
    ...baseSettings({ cacheSize: 1 }),
    ...shared,
    ticketKeys: ticketProtection(plan, shared.ticketKeys),
    // The runner presupposes SHA-1 and small keys.
    securityLevel: 0,
    renegotiation: 'fatal',
    strict: true,
    sessionIdContext: Buffer.from('bogo'),
    ...versionSettings(plan),
    ...suiteSettings(plan),
    ...signatureSettings(plan),
    ...credentialSettings(plan),
    ...clientCertificateSettings(plan),
    ...helloSettings(plan),
    ...nameSettings(plan),
    ...pskSettings(plan),
    ...sessionSettings(plan),
    ...earlyDataSettings(plan),
    ...datagramSettings(plan),
    ...exchangeSettings(plan),
  });
}

/** checksOf returns all that must hold when the handshake is done, also what no flag asks for. */
export function checksOf(plan: Plan): readonly Check[] {
  return [
    ...sessionChecks(plan),
    ...nameChecks(plan),
    ...clientCertificateChecks(plan),
    ...pskChecks(plan),
    ...signatureChecks(plan),
    ...plan.checks,
  ];
}
