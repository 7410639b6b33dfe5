import { KeyUsage, NetscapeType } from '../extensions/usage.ts';
import type { PathCertificate } from './path-certificate.ts';

/**
 * Whether a certificate is one of an authority: `yes` and `no` by its basic constraints; without them version 1 and
 * self-signed, a key usage, or the Netscape type may speak for it.
 */
export type Authority = 'yes' | 'no' | 'version 1' | 'key usage' | 'netscape';

export function authorityOf(certificate: PathCertificate): Authority {
  if (certificate.isInvalid) return 'no';
  if (forbids(certificate, KeyUsage.keyCertSign)) return 'no';
  if (certificate.basicConstraints) return certificate.basicConstraints.isAuthority ? 'yes' : 'no';
  if (certificate.facts.version === 1 && certificate.selfSigned) return 'version 1';
  if (certificate.keyUsage !== undefined) return 'key usage';
  return (certificate.netscapeType ?? 0) & NetscapeType.anyAuthority ? 'netscape' : 'no';
}

/** There is a key usage, and none of these is in it. */
export function forbids({ keyUsage }: PathCertificate, usages: number): boolean {
  return keyUsage !== undefined && (keyUsage & usages) === 0;
}

export function isAuthority({ basicConstraints }: PathCertificate): boolean {
  return basicConstraints?.isAuthority === true;
}
