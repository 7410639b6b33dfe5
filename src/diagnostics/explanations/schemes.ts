import type { ProblemName } from '../../names/problems.ts';
import { broken, type Explanation, type Seen } from './seen.ts';
import { listText } from './shown.ts';

/** Signature schemes: those that we sign with, and those of the client's certificate. */
export const schemeExplanations = {
  noSharedSignatureAlgorithms: noScheme,
  noSuitableSignatureAlgorithm: noScheme,
  missingSigalgsExtension: broken('the client offers TLS 1.3 without saying which signatures it can verify'),
  badSignature: broken('the signature of the client does not fit the handshake and its certificate'),
  wrongSignatureType: broken(
    'the client signs with a scheme that does not go with its key, or that we did not ask for',
    '-client_sigalgs names what we ask for',
  ),
  wrongCurve: broken(
    'the certificate of the client has a key on a curve that does not go with its signature, or that was not agreed on',
    'add the curve with -groups, or give the client another certificate',
  ),
  legacySigalgDisallowedOrUnsupported: ({ hello }) => [
    `client signs as before TLS 1.2 (it offers ${hello?.legacyVersion.name ?? 'an old version'}): with SHA-1 or MD5`,
    'our security level excludes that: -cipher DEFAULT:@SECLEVEL=0 allows it, or give the client TLS 1.2',
  ],
  signatureForNonSigningCertificate: broken(
    'the client signs although its key cannot sign, or it has shown no certificate',
  ),
} satisfies Partial<Record<ProblemName, Explanation>>;

function noScheme(seen: Seen): readonly string[] {
  const version = seen.chosen('version') ?? '';
  if (beforeSchemes.has(version)) {
    return [
      `client offers ${seen.offeredVersions}, and ${version} signs with SHA-1 or MD5`,
      `our security level excludes these; our keys: ${seen.keys}`,
      '-cipher DEFAULT:@SECLEVEL=0 allows them, or give the client TLS 1.2 or later',
    ];
  }
  if (seen.certificates.length === 0) {
    return [
      `client offers ${seen.offeredVersions}, and wants a certificate: it has shown no pre-shared key that we know`,
      'we have no certificate: give us one with -cert, or the client a key that we share (-psk, -psk_identity)',
    ];
  }
  const { from = [] } = seen.choice('scheme') ?? {};
  return [
    `client verifies ${listText(seen.hello?.signatureAlgorithms ?? from)}`,
    `we sign with ${seen.ours('scheme')}; our keys: ${seen.keys}`,
    'give us a certificate with a key of a kind that it can verify (-cert, -dcert), widen -sigalgs, or change the client',
  ];
}

/** Versions in which the key says how it signs. */
const beforeSchemes: ReadonlySet<string> = new Set(['SSLv3', 'TLSv1', 'TLSv1.1', 'DTLSv1']);
