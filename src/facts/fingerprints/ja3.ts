import { hex } from '../../bytes/hex.ts';
import { hash } from '../../crypto/primitives/hash.ts';
import { isGrease } from '../../names/grease.ts';

/** Ja3Fields are the fields of a ClientHello for JA3, in the client's order. */
export interface Ja3Fields {
  readonly legacyVersion: number;
  readonly cipherSuites: readonly number[];
  readonly extensions: readonly number[];
  readonly groups: readonly number[];
  readonly pointFormats: readonly number[];
}

/**
 * ja3Text returns the text of JA3: version, suites, extensions, groups and point formats in decimal, without GREASE
 * (RFC 8701). `order`: JA3N sorts the extensions by number, because browsers shuffle them.
 */
export function ja3Text(fields: Ja3Fields, order: 'asSent' | 'sorted' = 'asSent'): string {
  const extensions = order === 'sorted' ? [...fields.extensions].sort((a, b) => a - b) : fields.extensions;
  const lists = [fields.cipherSuites, extensions, fields.groups, fields.pointFormats];
  return [fields.legacyVersion, ...lists.map(decimals)].join(',');
}

/** ja3Hash returns the MD5 in hexadecimal. */
export function ja3Hash(text: string): string {
  return hex(hash('md5', Buffer.from(text, 'latin1')));
}

function decimals(codes: readonly number[]): string {
  return codes.filter((code) => !isGrease(code)).join('-');
}
