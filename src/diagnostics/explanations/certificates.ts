import type { ProblemName } from '../../names/problems.ts';
import { broken, type Explanation } from './seen.ts';

/** Certificates and bare keys of clients. */
export const certificateExplanations = {
  peerDidNotReturnACertificate: withoutCertificate,
  noCertificatesReturned: withoutCertificate,
  certificateVerifyFailed: () => [
    'the certificate of the client did not pass: the verify error above says at which depth and why',
    'give us what it is to be verified with (-CAfile, -CApath), or the client another certificate',
    '-verify without -verify_return_error goes on in spite of it',
  ],
  asn1Lib: broken('a certificate or key of the client cannot be read'),
  certLengthMismatch: broken('the lengths in the list of certificates do not fit the message'),
  unknownCertificateType: broken('the client shows a certificate with a key of a kind that is not known'),
  invalidContext: broken('the client answers another request for its certificate than ours'),
  extensionNotReceived: () => [
    'the client does not allow requests for its certificate after the handshake (post_handshake_auth)',
    'allow it in the client (openssl s_client: -enable_pha), or ask in the handshake with -verify',
  ],
} satisfies Partial<Record<ProblemName, Explanation>>;

function withoutCertificate(): readonly string[] {
  return [
    'the client was asked for a certificate and has shown none',
    'give it one (curl: --cert and --key; openssl s_client: -cert and -key) that one of the authorities that we name has issued',
    '-verify instead of -Verify lets clients without one pass',
  ];
}
