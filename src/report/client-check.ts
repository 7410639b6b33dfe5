import type { CodePoint } from '../facts/decoding/value.ts';
import { pskKeyExchangeModes } from '../messages/extensions/psk-key-exchange-modes.ts';
import { sessionTicket } from '../messages/extensions/session-ticket.ts';
import { tlsVersionOf, Version, versionLabel } from '../names/versions.ts';
import { isBefore12, type Offer } from './offer.ts';
import { isPostQuantum } from './standings/group-standings.ts';
import { suiteKinds } from './standings/suite-standings.ts';
import { dtls13 } from './standings/version-standings.ts';

/** ClientCheck has the members of the API of howsmyssl.com, as far as a hello tells them. */
export interface ClientCheck {
  readonly given_cipher_suites: readonly string[];
  readonly ephemeral_keys_supported: boolean;
  readonly session_ticket_supported: boolean;
  readonly tls_compression_supported: boolean;
  readonly unknown_cipher_suite_supported: boolean;
  /** True for TLS 1.0 and earlier with suites in CBC mode. */
  readonly beast_vuln: boolean;
  /** False: a hello does not tell of the records after it. */
  readonly able_to_detect_n_minus_one_splitting: false;
  /** Reasons by IANA's name of the suite. */
  readonly insecure_cipher_suites: Readonly<Record<string, readonly string[]>>;
  /** The highest version that is offered, such as `TLS 1.3`. */
  readonly tls_version: string;
  readonly given_named_groups: readonly string[];
  readonly given_signature_algorithms: readonly string[];
  readonly post_quantum_key_agreement: boolean;
  readonly rating: 'Probably Okay' | 'Improvable' | 'Bad';
}

export function clientCheck(offer: Offer): ClientCheck {
  const { hello } = offer;
  const highest = highestVersion(offer);
  const facts = {
    given_cipher_suites: hello.cipherSuites.map(nameOrNumber),
    ephemeral_keys_supported: offer.offersTls13 || offer.suites(ephemeral).length > 0,
    session_ticket_supported: offer.has(sessionTicket.code) || offer.has(pskKeyExchangeModes.code),
    tls_compression_supported: hello.compressionMethods.some((method) => method !== 0),
    unknown_cipher_suite_supported: hello.cipherSuites.some(({ name, grease }) => name === null && !grease),
    beast_vuln: tlsVersionOf(highest.code) <= Version.TLSv1 && offer.suites(suiteKinds.cbc).length > 0,
    able_to_detect_n_minus_one_splitting: false,
    insecure_cipher_suites: insecureSuites(offer),
    tls_version: highest.code === dtls13 ? 'DTLS 1.3' : (versionLabel(highest.code) ?? nameOrNumber(highest)),
    given_named_groups: hello.groups.map(nameOrNumber),
    given_signature_algorithms: hello.signatureAlgorithms.map(nameOrNumber),
    post_quantum_key_agreement: hello.groups.some(isPostQuantum),
  } as const;
  return { ...facts, rating: ratingOf(facts, isBefore12(highest.code)) };
}

function ratingOf(facts: Omit<ClientCheck, 'rating'>, isOld: boolean): ClientCheck['rating'] {
  const { tls_compression_supported, unknown_cipher_suite_supported, beast_vuln, insecure_cipher_suites } = facts;
  const isWeak = Object.keys(insecure_cipher_suites).length > 0;
  if (isOld || isWeak || tls_compression_supported || unknown_cipher_suite_supported || beast_vuln) return 'Bad';
  return facts.ephemeral_keys_supported && facts.session_ticket_supported ? 'Probably Okay' : 'Improvable';
}

/** The one that TLS would choose: of DTLS the lowest number is the latest. */
function highestVersion({ versions, hello }: Offer): CodePoint {
  const rank = ({ code }: CodePoint) => (code === dtls13 ? Version['TLSv1.3'] : tlsVersionOf(code));
  return versions.reduce((best, it) => (rank(it) > rank(best) ? it : best), versions[0] ?? hello.legacyVersion);
}

function insecureSuites(offer: Offer): Record<string, readonly string[]> {
  const found: Record<string, string[]> = {};
  for (const [kind, reason] of reasons) {
    for (const suite of offer.suites(kind)) {
      const name = nameOrNumber(suite);
      found[name] = [...(found[name] ?? []), reason];
    }
  }
  return found;
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [suiteKinds.unencrypted, 'does not encrypt'],
  [suiteKinds.exported, 'was weakened for export'],
  [suiteKinds.anonymous, 'does not authenticate the server'],
  [suiteKinds.des, 'has keys short enough to be tried out'],
  [suiteKinds.rc4, 'uses RC4, which leaks what it encrypts'],
  [suiteKinds.smallBlocks, 'has blocks of 64 bits, too few for much data'],
];

const ephemeral = /^TLS_(?:EC)?DHE_/;

function nameOrNumber({ code, name }: CodePoint): string {
  return name ?? `0x${code.toString(16).padStart(4, '0')}`;
}
