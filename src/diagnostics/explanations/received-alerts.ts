import type { Explanation, Seen } from './seen.ts';
import { always } from './seen.ts';
import { listText, peerText } from './shown.ts';

/** Alerts that a client can send, by their names in `names/alerts.ts`. */
export const alertExplanations: Readonly<Record<string, Explanation>> = {
  close_notify: always('the client ended the conversation in the proper way before it was complete'),
  end_of_early_data: always(
    'the client sends an alert that only drafts of TLS 1.3 had',
    'update the client to the final version',
  ),
  unexpected_message: always(
    'the client did not expect the message that we sent',
    'compare the order of messages: -msg shows ours; -bugs, -no_middlebox and the mode of tickets can make a difference',
  ),
  bad_record_mac: otherKeys,
  decryption_failed_RESERVED: otherKeys,
  record_overflow: always(
    'one of our records was longer than the client takes',
    '-max_send_frag makes them shorter; the client can ask for that itself (record_size_limit)',
  ),
  decompression_failure_RESERVED: always(
    'the client could not decompress what we sent',
    'leave -comp and -cert_comp out',
  ),
  handshake_failure: (seen) => [
    'the client found nothing in our answer that it can go on with',
    `it was answered ${answer(seen)}`,
    'compare that with what it demands: versions, suites, groups, size of keys; ask for its own log',
  ],
  no_certificate_RESERVED: always(
    'the client (SSL 3.0) has no certificate to show',
    '-verify instead of -Verify lets it pass',
  ),
  bad_certificate: refused('the client found our certificate broken, or simply does not accept it'),
  unsupported_certificate: refused('the client does not take certificates of this kind: key, signature or purpose'),
  certificate_revoked: refused('the client found that our certificate is revoked'),
  certificate_expired: (seen) => {
    const { validFrom = null, validTo = null } = seen.shown ?? {};
    return [
      'the client finds our certificate expired, or not yet valid',
      `it is valid from ${validFrom ?? 'an unreadable time'} to ${validTo ?? 'an unreadable time'}`,
      'renew the certificate, or look at the clock of the client',
    ];
  },
  certificate_unknown: refused('the client does not accept our certificate, for a reason that it does not tell'),
  illegal_parameter: always(
    'the client holds a value of ours for wrong',
    '-trace shows what we sent; options that bend the protocol (-serverinfo, -groups, -sigalgs) come first',
  ),
  unknown_ca: (seen) => [
    'the client does not trust this certificate: it knows nobody who vouches for it',
    shownText(seen),
    'give the client the root that issued it, or us a certificate that it trusts; a missing intermediate is added with -cert_chain',
    ...otherName(seen).map((it) => `that alone will not do: ${it}`),
  ],
  access_denied: always('the client took the certificate and says that it may not go on', 'its own rules say why'),
  decode_error: always(
    'the client could not read a message of ours',
    '-msg and -trace show it; long ones (chains, stapled responses) are the usual reason',
  ),
  decrypt_error: always(
    'a signature, a Finished or a binder of ours did not pass the check of the client',
    'is the key that of the certificate (-key, -cert), and the pre-shared key the same on both sides?',
  ),
  too_many_cids_requested: always('the client was asked for more connection identifiers than it gives'),
  export_restriction_RESERVED: always('the client obeys an export rule of the last century', 'update the client'),
  protocol_version: (seen) => [
    `client offered ${seen.offeredVersions}`,
    `it was answered ${answer(seen)} and does not take that version`,
    'it demands a later one, or knows only its own: see -tls1_2, -tls1_3, -min_protocol',
  ],
  insufficient_security: (seen) => [
    'the client finds what was agreed on too weak',
    `it was answered ${answer(seen)}`,
    'a larger key (-cert), stronger suites (-cipher) or larger groups (-groups, -dhparam) satisfy it',
  ],
  internal_error: always(
    'something failed inside the client, which is no fault of this conversation',
    'its own log says more',
  ),
  inappropriate_fallback: always('the client says what only servers say: that a fallback was needless'),
  user_canceled: always('the person at the client has cancelled'),
  no_renegotiation_RESERVED: always(
    'the client declines to renegotiate',
    'allow it in the client, or ask for certificates in the first handshake (-verify)',
  ),
  missing_extension: (seen) => [
    'the client misses an extension in our answer that it cannot do without',
    `it was answered ${answer(seen)}; -trace shows our extensions`,
  ],
  unsupported_extension: always(
    'the client got an extension that it did not ask for',
    '-serverinfo and -trace show which; all others are sent only to those who asked',
  ),
  certificate_unobtainable_RESERVED: always('the client could not fetch a certificate by its address'),
  unrecognized_name: (seen) => [
    `the client asked for ${seen.asksFor} and holds our answer for that of another`,
    shownText(seen),
  ],
  bad_certificate_status_response: always(
    'the client does not accept the stapled OCSP response',
    'a response has to be in date, signed and about this certificate: see -status_file, -status_verbose',
  ),
  bad_certificate_hash_value_RESERVED: always('the hash of a certificate did not fit for the client'),
  unknown_psk_identity: always(
    'the client does not know the identity or the hint that we named',
    'see -psk_hint, and what the client takes',
  ),
  certificate_required: always('the client says what only servers say: that a certificate is required'),
  general_error: always('the client gives no reason', 'its own log says more'),
  no_application_protocol: (seen) => [
    `client offered ALPN ${listText(seen.hello?.alpn ?? [])}`,
    `it was answered ${seen.chosen('alpn') ?? 'without ALPN'}, which it does not accept`,
    'name what it demands with -alpn',
  ],
  ech_required: always(
    'the client insists on an encrypted ClientHello, and we could not open it',
    'it was sent our current configuration and will try again; see -ech_key',
  ),
};

/** An alert whose number has no name. */
export const unknownAlert: Explanation = always('the client sends an alert that no RFC has', 'its own log says more');

function otherKeys(): readonly string[] {
  return [
    'a record of ours did not open for the client',
    'client and server have other keys, or something between changes bytes: compare with -keylogfile',
  ];
}

function refused(what: string): Explanation {
  return (seen) => [what, shownText(seen), advice(seen)];
}

/** The certificate's faults, as far as that can be seen from here. */
function advice(seen: Seen): string {
  const [fault] = otherName(seen);
  if (fault !== undefined) return `${fault}: give us a certificate for it, or the client another name`;
  return 'its name, dates and issuer are what clients look at; the root that issued it has to be known to the client';
}

/** Empty unless the client asks for a name that the certificate is not for. */
function otherName({ hello, shown }: Seen): readonly string[] {
  const asked = hello?.serverName ?? null;
  if (asked === null || shown === undefined || names(shown.names.map(peerText), peerText(asked))) return [];
  return [`${peerText(asked)} is not among its names`];
}

function shownText({ asksFor, shownText: certificate }: Seen): string {
  return `client asked for ${asksFor} and was shown ${certificate}`;
}

function names(list: readonly string[], asked: string): boolean {
  const [, ...parent] = asked.toLowerCase().split('.');
  const wildcard = ['*', ...parent].join('.');
  return list.some((it) => [asked.toLowerCase(), wildcard].includes(it.toLowerCase()));
}

/** The agreements so far. */
function answer(seen: Seen): string {
  const parts = (['version', 'suite', 'group', 'scheme'] as const).map((what) => seen.chosen(what));
  return parts.filter((it) => it !== undefined).join(', ') || 'nothing yet';
}
