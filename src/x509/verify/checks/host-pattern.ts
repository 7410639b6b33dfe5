import { sameLetters } from './constrained-name.ts';

/**
 * isHostOf matches a certificate's name, perhaps with a wildcard, against a host (RFC 6125 section 6.4.3) as OpenSSL
 * 3.0 does: one wildcard at an end of the first label, two dots after it. A host with a leading dot matches subdomains.
 */
export function isHostOf(pattern: string, host: string): boolean {
  if (host.length > 1 && host.startsWith('.')) return isBelow(pattern, host);
  const star = starOf(pattern);
  if (star === undefined) return sameText(pattern, host);
  return matchesStar(pattern.substring(0, star), pattern.substring(star + 1), host);
}

function isBelow(name: string, domain: string): boolean {
  const prefix = Math.max(name.length - domain.length, 0);
  if (name.substring(0, prefix).includes('\0')) return false;
  return sameText(name.substring(prefix), domain);
}

/** sameText rejects names with a zero byte. */
function sameText(name: string, host: string): boolean {
  return !name.includes('\0') && sameLetters(name, host);
}

/** starOf returns the index of the only wildcard; undefined without one in a valid place. */
function starOf(pattern: string): number | undefined {
  if (!/^[A-Za-z0-9*](?:[A-Za-z0-9*.-]*[A-Za-z0-9*])?$/.test(pattern)) return undefined;
  const [first = '', ...others] = pattern.split('.');
  if (others.length < 2 || others.some((label) => !/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label))) {
    return undefined;
  }
  // `foo*bar` and wildcards in internationalized labels are invalid.
  const isSound = /^(?:\*[A-Za-z0-9-]*|[A-Za-z0-9][A-Za-z0-9-]*\*)$/.test(first) && !first.endsWith('-');
  if (!isSound || /^\*?xn--/i.test(first)) return undefined;
  return first.indexOf('*');
}

function matchesStar(prefix: string, suffix: string, host: string): boolean {
  if (host.length < prefix.length + suffix.length) return false;
  const end = host.length - suffix.length;
  if (!sameLetters(prefix, host.substring(0, prefix.length)) || !sameLetters(suffix, host.substring(end))) return false;
  const covered = host.substring(prefix.length, end);
  const isWholeLabel = prefix === '' && suffix.startsWith('.');
  if (isWholeLabel && covered === '') return false;
  if (!isWholeLabel && /^xn--/i.test(host)) return false;
  return covered === '*' || /^[A-Za-z0-9-]*$/.test(covered);
}
