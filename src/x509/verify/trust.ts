import type { Purpose, TrustUse, VerifyParameters } from './parameters.ts';
import type { PathCertificate } from './path-certificate.ts';

export type Trust = 'trusted' | 'rejected' | 'untrusted';

/**
 * trustOf evaluates the trust in a store's certificate for the use in the parameters.
 * `selfSigned`: `counts` trusts a self-signed certificate without settings for being in the store.
 */
export function trustOf(
  certificate: PathCertificate,
  parameters: VerifyParameters,
  selfSigned: 'counts' | 'does not count' = 'counts',
): Trust {
  const bySelf = selfSigned === 'counts' && certificate.selfSigned ? 'trusted' : 'untrusted';
  const use = parameters.trust ?? (parameters.purpose && purposeUses[parameters.purpose]);
  if (use === 'compatible') return certificate.isInvalid ? 'untrusted' : bySelf;
  const { trusted, rejected } = certificate.trust ?? {};
  const named = use === undefined ? [anyUse] : [useIdentifiers[use], anyUse];
  if (named.some((oid) => rejected?.has(oid))) return 'rejected';
  // Trusted uses reject all others, also for a partial chain.
  if (trusted) return named.some((oid) => trusted.has(oid)) ? 'trusted' : 'rejected';
  return bySelf;
}

const anyUse = '2.5.29.37.0';

const useIdentifiers: Readonly<Record<Exclude<TrustUse, 'compatible'>, string>> = {
  sslClient: '1.3.6.1.5.5.7.3.2',
  sslServer: '1.3.6.1.5.5.7.3.1',
  email: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
};

const purposeUses: Readonly<Record<Purpose, TrustUse | undefined>> = {
  sslclient: 'sslClient',
  sslserver: 'sslServer',
  nssslserver: 'sslServer',
  smimesign: 'email',
  smimeencrypt: 'email',
  crlsign: 'compatible',
  any: undefined,
  ocsphelper: 'compatible',
  timestampsign: 'timeStamping',
};
