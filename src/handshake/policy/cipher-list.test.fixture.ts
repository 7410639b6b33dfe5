import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { applyCipherList, ListFailure } from './cipher-list.ts';

const reference = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
export const skip = reference.startsWith('OpenSSL 3.0.') ? false : 'there is no openssl 3.0 to compare with';

/** Compares on this many random strings. */
export function randomStringsAgree(numRuns: number): void {
  fc.assert(
    fc.property(cipherStrings, (text) => {
      assert.equal(outcome(text), referenceOutcome(text));
    }),
    { seed: 3019, numRuns },
  );
}

/** Code points in hex, or the errors as `reason@function`: the form of the stored table. */
export function outcome(text: string): string {
  try {
    const { suites } = applyCipherList(text, { level: 2 });
    return suites.map(({ code }) => code.toString(16).padStart(4, '0')).join(' ');
  } catch (failure) {
    if (!(failure instanceof ListFailure)) throw failure;
    return failure.lines.map((line) => `${line.reason}@${line.function}`).join(' ');
  }
}

function referenceOutcome(text: string): string {
  const { status, stdout, stderr } = spawnSync('openssl', ['ciphers', '-V', text], { encoding: 'utf8' });
  if (status === 0) {
    const codes = [...stdout.matchAll(/^ *0x(..),0x(..) - /gm)].map(([, high, low]) => `${high}${low}`.toLowerCase());
    return codes.filter((code) => !code.startsWith('13')).join(' ');
  }
  const errors = [...stderr.matchAll(/:error:0A([0-9A-F]{6}):SSL routines:(\w+):/g)];
  return errors.map(([, reason = '', where]) => `${Number.parseInt(reason, 16)}@${where}`).join(' ');
}

// biome-ignore format: a list of words
const words = fc.constantFrom(
  'DEFAULT', 'ALL', 'ALL', 'COMPLEMENTOFDEFAULT', 'COMPLEMENTOFALL', 'HIGH', 'MEDIUM', 'LOW', 'FIPS', 'eNULL', 'aNULL',
  'kRSA', 'aRSA', 'RSA', 'kDHE', 'kEDH', 'DH', 'DHE', 'EDH', 'ADH', 'kECDHE', 'kEECDH', 'EECDH', 'ECDHE', 'ECDH',
  'AECDH', 'aDSS', 'DSS', 'aECDSA', 'ECDSA', 'TLSv1.2', 'TLSv1.0', 'TLSv1', 'SSLv3', 'AES', 'AES128', 'AES256',
  'AESGCM', 'AESCCM', 'AESCCM8', 'ARIA', 'ARIA128', 'ARIA256', 'ARIAGCM', 'CHACHA20', 'CAMELLIA', 'CAMELLIA128',
  'CAMELLIA256', 'CBC', '3DES', 'DES', 'RC4', 'IDEA', 'SEED', 'MD5', 'SHA', 'SHA1', 'SHA256', 'SHA384', 'kPSK',
  'kECDHEPSK', 'kDHEPSK', 'kRSAPSK', 'PSK', 'aPSK', 'kSRP', 'SRP', 'aSRP', 'kGOST', 'SUITEB128', 'FOO', 'AES128-SHA',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'PSK-CHACHA20-POLY1305', 'DHE-DSS-AES128-SHA', 'NULL-MD5', 'EDH-RSA-DES-CBC3-SHA',
);
const expressions = fc.array(words, { minLength: 1, maxLength: 3 }).map((all) => all.join('+'));
const commands = fc.constantFrom('@STRENGTH', '@SECLEVEL=0', '@SECLEVEL=4', '@FOO', '_', '|', '+');
const rules = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constantFrom('', '', '!', '-', '+'), expressions).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: commands },
);
const cipherStrings = fc
  .tuple(expressions, fc.array(fc.tuple(fc.constantFrom(':', ':', ':', ',', ' ', ';', ''), rules), { maxLength: 6 }))
  .map(([first, more]) => first + more.flat().join(''));
