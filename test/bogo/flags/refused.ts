/** Flags of tests in scope that this shim does not have, each with its reason; it exits with 89 as for unknown ones. */
export const refusedFlags: Readonly<Record<string, string>> = {
  'retain-only-sha256-client-cert': 'sessions keep the certificate of a client, not only its hash',
  'expect-sha256-client-cert': 'sessions keep the certificate of a client, not only its hash',
  'resumption-across-names-enabled': 'a flag in tickets for clients, of a draft that is not implemented',
  'use-early-callback': '',
  'fail-early-callback': '',
  'install-ddos-callback': '',
  'fail-ddos-callback': '',
  'fail-cert-callback': '',
  'expect-early-data-reason': '',
  'expect-ticket-age-skew': '',
  'initial-timeout-duration-ms': '',
  'renegotiate-freely': '',
};
