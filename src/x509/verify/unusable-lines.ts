import type { ErrorLine } from '../../names/problems.ts';
import type { PathCertificate } from './path-certificate.ts';

/** The lines of OpenSSL 3.0's error queue that certificates leave whose extensions or keys cannot be read. */
export function unreadableExtensions({ isInvalid }: PathCertificate): ErrorLine[] {
  return isInvalid
    ? [{ library: 34, reason: 158, text: 'invalid certificate', function: 'ossl_x509v3_cache_extensions' }]
    : [];
}

/** One for every time that the key was asked for. */
export function unreadableKey({ keyKind }: PathCertificate, times: number): ErrorLine[] {
  const line = { library: 6, reason: 114, text: 'decode error', function: 'X509_PUBKEY_get0' };
  return keyKind === undefined ? Array.from({ length: times }, () => line) : [];
}

/** Whether the certificate signs itself cannot be said. */
export function unknownSelf(certificate: PathCertificate): ErrorLine[] {
  return certificate.keyKind === undefined ? [...unreadableKey(certificate, 2), noKeyIn('X509_self_signed')] : [];
}

/** Where the parameters of the key come from cannot be said. */
export function unknownParameters(certificate: PathCertificate): ErrorLine[] {
  return [...unreadableKey(certificate, 2), noKeyIn('X509_get_pubkey_parameters')];
}

function noKeyIn(where: string): ErrorLine {
  return { library: 11, reason: 108, text: 'unable to get certs public key', function: where };
}

export const chainNotBuilt = (): ErrorLine => ({
  library: 11,
  reason: 0xc0103,
  text: 'internal error',
  function: 'build_chain',
});
