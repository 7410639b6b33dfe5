import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { ipAddressBytes } from '../../bytes/ip-address.ts';

/** Network is an address with the mask of its prefix. */
export interface Network {
  readonly address: Uint8Array;
  readonly mask: Uint8Array;
}

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

/** network reads an address with a prefix, as in `127.0.0.0/8`; undefined for anything else. */
export function network(text: string): Network | undefined {
  const [, address = '', digits = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  if (isIP(address) === 0 || address.includes('%')) return undefined;
  const bytes = ipAddressBytes(address);
  const prefix = Number(digits);
  if (prefix > bytes.length * 8) return undefined;
  const mask = bytes.map((_, at) => (0xff00 >> Math.min(8, Math.max(0, prefix - at * 8))) & 0xff);
  return { address: bytes.map((byte, at) => byte & (mask[at] ?? 0)), mask };
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}

/** Underscores stand in names of services. */
function isLabel(label: string): boolean {
  return /^[\w-]{1,63}$/.test(label);
}
