/** Flags of tests in scope that this shim does not have, each with its reason; it exits with 89 as for unknown ones. */
export const refusedFlags: Readonly<Record<string, string>> = {
  'retain-only-sha256-client-cert': 'sessions keep the certificate of a client, not only its hash',
  'expect-sha256-client-cert': 'sessions keep the certificate of a client, not only its hash',
  'resumption-across-names-enabled': 'a flag in tickets for clients, of a draft that is not implemented',
  'expect-early-data-reason': 'the engine tells whether early data was taken, and not why',
  'expect-ticket-age-skew': 'the engine does not tell by how much the age of a ticket differs',
  'initial-timeout-duration-ms': 'the first timer of a flight is always a second, as RFC 6347 section 4.2.4.1 says',
  'renegotiate-freely': 'only clients of the runner allow renegotiation: its servers refuse it',
};
