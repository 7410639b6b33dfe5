import { randomBytes } from 'node:crypto';
import { upperHex } from '../bytes/hex.ts';
import type { ErrorLine, Problem } from '../names/problems.ts';

/** errorLine is a line of the reference's error queue, with its line feed. File and line number are no interface. */
export function errorLine(line: ErrorLine): string {
  const library = libraryNames.get(line.library) ?? `lib(${line.library})`;
  return `${thread}:error:${code(line)}:${library}:${line.function}:${line.text}:serverhello:0:${line.extra ?? ''}\n`;
}

export function errorLines(lines: readonly ErrorLine[]): string {
  return lines.map(errorLine).join('');
}

/** problemLines are the reference's error lines for this problem, oldest first. */
export function problemLines(problem: Problem): string {
  return errorLines(problem.lines);
}

/** The reference prints its thread number; here it only distinguishes processes. */
const thread = upperHex(randomBytes(8));

const systemLibrary = 2;
const systemFlag = 0x80000000;

const libraryNames = new Map<number, string>([
  [systemLibrary, 'system library'],
  [3, 'bignum routines'],
  [4, 'rsa routines'],
  [5, 'Diffie-Hellman routines'],
  [6, 'digital envelope routines'],
  [9, 'PEM routines'],
  [10, 'dsa routines'],
  [11, 'x509 certificate routines'],
  [13, 'asn1 encoding routines'],
  [14, 'configuration file routines'],
  [15, 'common libcrypto routines'],
  [16, 'elliptic curve routines'],
  [20, 'SSL routines'],
  [32, 'BIO routines'],
  [33, 'PKCS7 routines'],
  [34, 'X509 V3 routines'],
  [35, 'PKCS12 routines'],
  [36, 'random number generator'],
  [37, 'DSO support routines'],
  [38, 'engine routines'],
  [39, 'OCSP routines'],
  [40, 'UI routines'],
  [44, 'STORE routines'],
  [53, 'SM2 routines'],
  [57, 'Provider routines'],
  [60, 'DECODER routines'],
  [61, 'HTTP routines'],
]);

function code({ library, reason }: ErrorLine): string {
  const number = library === systemLibrary ? systemFlag + reason : library * 2 ** 23 + reason;
  return number.toString(16).toUpperCase().padStart(8, '0');
}
