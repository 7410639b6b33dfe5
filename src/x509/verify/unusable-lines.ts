import type { ErrorLine } from '../../names/problems.ts';
import type { PathCertificate } from './path-certificate.ts';

/** Lines of OpenSSL 3.0's error queue for unreadable extensions and keys. */
export function unreadableExtensions({ isInvalid }: PathCertificate): ErrorLine[] {
  return isInvalid
    ? [{ library: 34, reason: 158, text: 'invalid certificate', function: 'ossl_x509v3_cache_extensions' }]
    : [];
}

/** unreadableKey returns one line for each of `times` accesses to the key. */
export function unreadableKey({ keyKind }: PathCertificate, times: number): ErrorLine[] {
  const line = { library: 6, reason: 114, text: 'decode error', function: 'X509_PUBKEY_get0' };
  return keyKind === undefined ? Array.from({ length: times }, () => line) : [];
}

/** unknownSelf has the lines of X509_self_signed for an unreadable key. */
export function unknownSelf(certificate: PathCertificate): ErrorLine[] {
  return certificate.keyKind === undefined ? [...unreadableKey(certificate, 2), noKeyIn('X509_self_signed')] : [];
}

/** unknownParameters has the lines of X509_get_pubkey_parameters for an unreadable key. */
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
