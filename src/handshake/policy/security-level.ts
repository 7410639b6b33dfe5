import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import { isDtls, Version } from '../../names/versions.ts';
import type { SecurityLevel } from '../flow/settings.ts';

/*
 * The checks of a security level, by the rules of OpenSSL 3.0 (SSL_CTX_set_security_level(3)). Strengths are in bits of
 * an equivalent symmetric key.
 */

/** The minimum strength of a level. */
export function minimumBits(level: SecurityLevel): number {
  return [0, 80, 112, 128, 192, 256][level] ?? 0;
}

/** The rule for strength alone: keys, certificates, their digests. */
export function allowsBits(level: SecurityLevel, bits: number): boolean {
  return bits >= minimumBits(level);
}

/** Level 0 allows everything but parameters of less than about 1024 bits. */
export function allowsDhBits(level: SecurityLevel, bits: number): boolean {
  return bits >= Math.max(minimumBits(level), 80);
}

export function allowsSuite(level: SecurityLevel, suite: CipherSuite): boolean {
  if (level === 0) return true;
  if (!allowsBits(level, suite.strengthBits) || suite.authentication === 'None' || suite.mac === 'MD5') return false;
  if (minimumBits(level) > 160 && suite.mac === 'SHA1') return false;
  if (level >= 2 && suite.encryption.startsWith('RC4')) return false;
  return level < 3 || suite.minVersion === Version['TLSv1.3'] || isForwardSecret(suite);
}

export function allowsVersion(level: SecurityLevel, version: number): boolean {
  if (isDtls(version)) return level < 4 || version === Version['DTLSv1.2'];
  if (version <= Version.SSLv3) return level < 2;
  if (version <= Version.TLSv1) return level < 3;
  return level < 4 || version > Version['TLSv1.1'];
}

export function allowsGroup(level: SecurityLevel, { securityBits }: Group): boolean {
  return allowsBits(level, securityBits);
}

export function allowsScheme(level: SecurityLevel, scheme: SignatureScheme): boolean {
  return allowsBits(level, schemeSecurityBits(scheme));
}

export function allowsCompression(level: SecurityLevel): boolean {
  return level < 2;
}

export function allowsTickets(level: SecurityLevel): boolean {
  return level < 3;
}

/** The strength of a scheme: half the length of its hash; less for SHA-1 and MD5, given the known attacks. */
export function schemeSecurityBits({ name }: SignatureScheme): number {
  const hash = hashBits.find(([word]) => name.includes(word));
  return hash?.[1] ?? namedBits.get(name) ?? 0;
}

/** The key exchanges that OpenSSL counts as forward secret: those with a PSK are excluded. */
function isForwardSecret({ keyExchange }: CipherSuite): boolean {
  return keyExchange === 'DHE' || keyExchange === 'ECDHE';
}

/** The first row whose word is part of the scheme's name applies. */
const hashBits: readonly (readonly [word: string, bits: number])[] = [
  ['md5_sha1', 67],
  ['sha512', 256],
  ['sha384', 192],
  ['sha256', 128],
  ['sha224', 112],
  ['sha1', 64],
  ['gost2012_512', 256],
  ['gost2012_256', 128],
  ['gost94', 128],
  ['sm3', 128],
];

const namedBits = new Map([
  ['ed25519', 128],
  ['ed448', 224],
  ['mldsa44', 128],
  ['mldsa65', 192],
  ['mldsa87', 256],
]);
