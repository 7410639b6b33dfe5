import { KeyUsage, NetscapeType } from '../extensions/usage.ts';
import type { PathCertificate } from './path-certificate.ts';

/**
 * Authority states if a certificate is a CA's: `yes` and `no` by its basic constraints; without them the other values
 * name the evidence: self-signed of version 1, a key usage, or the Netscape type.
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

/** forbids reports if a key usage is present without any of `usages`. */
export function forbids({ keyUsage }: PathCertificate, usages: number): boolean {
  return keyUsage !== undefined && (keyUsage & usages) === 0;
}

export function isAuthority({ basicConstraints }: PathCertificate): boolean {
  return basicConstraints?.isAuthority === true;
}
