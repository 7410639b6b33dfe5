import { readFileSync } from 'node:fs';
import { hex } from '../../../src/bytes/hex.ts';
import { pemBlocks } from '../../../src/bytes/pem.ts';
import type { CertificateRequestMode, ChainDecision, Settings } from '../../../src/handshake/flow/settings.ts';
import { MemoryTrustStore } from '../../../src/x509/trust/trust-store.ts';
import { type Check, equals } from '../checks.ts';
import { perhapsLater } from './callbacks.ts';
import { type FlagTable, inert, path, text, toggle } from './flag.ts';

/** The request for a client certificate. No chain is judged: all are accepted, or none is. */
export interface ClientCertificatePlan {
  readonly stepwise: boolean;
  readonly checks: Check[];
  request: CertificateRequestMode;
  refusesAll: boolean;
  customVerifier: boolean;
  expectsVerifyResult: boolean;
  /** DER of the names in the request. */
  authorities: readonly Uint8Array[];
}

export function clientCertificatePlan(): Omit<ClientCertificatePlan, 'stepwise' | 'checks'> {
  return {
    request: 'none',
    refusesAll: false,
    customVerifier: false,
    expectsVerifyResult: false,
    authorities: [],
  };
}

export const clientCertificateFlags: FlagTable<ClientCertificatePlan> = {
  'require-any-client-certificate': toggle((plan) => {
    plan.request = 'required';
  }),
  'verify-peer': toggle((plan) => {
    plan.request = 'optional';
  }),
  'verify-fail': toggle((plan) => {
    plan.refusesAll = true;
  }),
  'use-custom-verify-callback': toggle((plan) => {
    plan.customVerifier = true;
  }),
  // No chain is judged, so that there is nothing to trust.
  'trust-cert': inert('value'),
  'use-client-ca-list': text((plan, list) => {
    plan.authorities =
      list === '<NULL>' || list === '<EMPTY>' ? [] : list.split(',').map((it) => Buffer.from(it, 'hex'));
  }),
  'expect-verify-result': toggle((plan) => {
    plan.expectsVerifyResult = true;
  }),
  'expect-peer-cert-file': path(({ checks }, file) => {
    const wanted = pemBlocks(readFileSync(file, 'latin1')).map(({ der }) => hex(der));
    checks.push(equals('the chain of the client', wanted.join(), ({ info }) => info.clientChain?.map(hex).join()));
  }),
};

export function clientCertificateSettings(plan: ClientCertificatePlan): Partial<Settings> {
  if (plan.request === 'none') return {};
  return {
    clientAuthentication: {
      mode: plan.request,
      trust: new MemoryTrustStore(),
      crls: [],
      parameters: {},
      authorityNames: plan.authorities,
      decide: () => perhapsLater(plan, () => decision(plan)),
    },
  };
}

/** The error of an application that refuses a chain, X509_V_ERR_APPLICATION_VERIFICATION. */
const refusedByApplication = 50;

function decision({ refusesAll, customVerifier }: ClientCertificatePlan): ChainDecision {
  if (!refusesAll) return { result: 0 };
  return { result: refusedByApplication, ...(customVerifier && { alert: 'certificate_unknown' }) };
}

export function clientCertificateChecks(plan: ClientCertificatePlan): readonly Check[] {
  const checks: Check[] = [];
  if (plan.request === 'required') {
    checks.push(({ info }) => (info.clientCertificate === undefined ? 'the client has no certificate' : undefined));
  }
  if (plan.expectsVerifyResult) checks.push(equals('the verify result', 0, ({ info }) => info.session.verifyResult));
  return checks;
}
