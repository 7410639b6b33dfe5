import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** RFC 1035 section 2.3.4, without a dot at the end. */
const longestName = 253;

/**
 * hostName returns the name of a host as certificates have it: in ASCII (RFC 5890), lower case, without a dot at its end;
 * an address stays as it is. Undefined for what is neither.
 */
export function hostName(text: string): string | undefined {
  if (isIP(text) !== 0) return text.includes('%') ? undefined : text.toLowerCase();
  const wildcard = text.startsWith('*.') ? '*.' : '';
  const plain = text.slice(wildcard.length).replace(/\.$/, '');
  if (!/^[^\0-\x20*/:?#@[\]\\^|%<>"`{}\x7f]+$/.test(plain)) return undefined;
  const ascii = isAscii(plain) ? plain.toLowerCase() : domainToASCII(plain);
  const isName = ascii !== '' && ascii.length + wildcard.length <= longestName && ascii.split('.').every(isLabel);
  return isName ? `${wildcard}${ascii}` : undefined;
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}

/** Underscores stand in names of services. */
function isLabel(label: string): boolean {
  return /^[\w-]{1,63}$/.test(label);
}
