import { isIP } from 'node:net';
import { identifierNamed } from '../../names/object-names.ts';
import { Stop } from '../output/stop.ts';

/** policyObject checks a policy: an object identifier or `anyPolicy`. */
export function policyObject(text: string): void {
  if (identifierNamed(text) === undefined && !objectIdentifier.test(text))
    throw new Stop(`s_server: Invalid Policy ${text}\n`);
}

export function purposeWord(text: string): void {
  if (!purposes.has(text)) throw new Stop(`s_server: Invalid purpose ${text}\n`);
}

/** verifyName checks the name of a set of verification parameters. */
export function verifyName(text: string): void {
  if (!parameterSets.has(text)) throw new Stop(`s_server: Invalid verify name ${text}\n`);
}

/**
 * ipAddress exits silently for an invalid address, as the reference does; zeros before a number do not make it octal.
 */
export function ipAddress(text: string): void {
  const decimal = /^[\d.]+$/.test(text) ? text.replace(/\b0+(?=\d)/g, '') : text;
  if (isIP(decimal) === 0 || text.includes('%')) throw new Stop('');
}

/**
 * At least two numbers, the second below 40 after 0 and 1; the reference treats blanks as dots, and an empty number as
 * 0.
 */
const objectIdentifier = /^(?:[01][. ](?:[0-3]?\d|(?=[. ]))|2[. ](?:\d+|(?=[. ])))(?:[. ]\d*)*$/;

const purposes: ReadonlySet<string> = new Set([
  'sslclient',
  'sslserver',
  'nssslserver',
  'smimesign',
  'smimeencrypt',
  'crlsign',
  'any',
  'ocsphelper',
  'timestampsign',
]);

const parameterSets: ReadonlySet<string> = new Set(['default', 'pkcs7', 'smime_sign', 'ssl_client', 'ssl_server']);
