import { elementAt, elementsOf, Tag } from '../../bytes/der.ts';
import { hex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { bitLength, type DhParameters } from './dh.ts';
import { safePrimeOf } from './safe-primes.ts';

/**
 * Reads `DHParameter` of PKCS #3: SEQUENCE { prime, base, privateValueLength OPTIONAL }. The standard groups, which
 * files identify by their primes, keep their own short private exponents.
 * @throws {Malformed} for anything else, such as the parameters of X9.42 and of DSA, which have a third large number
 */
export function readDhParameters(der: Uint8Array): DhParameters {
  const whole = elementAt(der, 0);
  if (whole.tag !== Tag.sequence || whole.end !== der.length) throw new Malformed('no DH parameters');
  const items = elementsOf(whole.body);
  const [p, g, length] = items.map(({ tag, body }) => positive(tag, body));
  if (p === undefined || g === undefined || items.length > 3) throw new Malformed('no DH parameters');
  if (length !== undefined && length.length > 4) throw new Malformed('private length too large');
  const privateLength = safePrimeOf(p)?.privateLength ?? (length && exponentLength(length, p));
  return { p, g, ...(privateLength && { privateLength }) };
}

/** OpenSSL's estimate of the strength, from the prime and from the length of the private exponent if given. */
export function dhSecurityBits({ p, privateLength }: DhParameters): number {
  const strength = strengths.find(([least]) => bitLength(p) >= least)?.[1] ?? 0;
  if (privateLength === undefined || safePrimeOf(p) !== undefined) return strength;
  const half = Math.floor(privateLength / 2);
  return half < 80 ? 0 : Math.min(strength, half);
}

const strengths: readonly (readonly [least: number, strength: number])[] = [
  [15360, 256],
  [7680, 192],
  [3072, 128],
  [2048, 112],
  [1024, 80],
];

/** The magnitude of an INTEGER, without leading zeros. */
function positive(tag: number, body: Uint8Array): Uint8Array {
  const [first] = body;
  if (tag !== Tag.integer || first === undefined || first >= 0x80) throw new Malformed('no positive INTEGER');
  const start = body.findIndex((byte) => byte !== 0);
  if (start < 0) throw new Malformed('zero');
  return Uint8Array.from(body.subarray(start));
}

/** An unusable length counts as absent. */
function exponentLength(length: Uint8Array, p: Uint8Array): number | undefined {
  const bits = Number(`0x${hex(length)}`);
  return bits >= 2 && bits < bitLength(p) ? bits : undefined;
}
