import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import {
  der,
  elementAt,
  elementsOf,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  Tag,
  unsignedInteger,
} from '../../bytes/der.ts';
import { hex, view } from '../../bytes/hex.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { type Random, randomBytes } from '../primitives/random.ts';
import { BadShare, orBadShare } from './agreement.ts';
import { ffdhePrime, isSquare, modpPrime, type SafePrime, safePrimeOf } from './safe-primes.ts';

/** DhParameters is a finite field group chosen by the server, for TLS up to 1.2. */
export interface DhParameters {
  /** Big-endian. OpenSSL accepts 512 to 10000 bits. */
  readonly p: Uint8Array;
  readonly g: Uint8Array;
  /** Bits of the private exponent (`privateValueLength` of PKCS #3); absent: one less than p has. */
  readonly privateLength?: number;
}

export interface DhKeyPair {
  /** Padded to the length of p: some peers refuse shorter values. */
  readonly share: Uint8Array;
  /** @throws {BadShare} when the peer's value is not within 2 and p-2. */
  derive(peerShare: Uint8Array): Uint8Array;
}

/**
 * A key pair for TLS up to 1.2, whose secret has no leading zeros (RFC 5246 section 8.1.2).
 * @throws when OpenSSL refuses the parameters.
 */
export function dhKeyPair(parameters: DhParameters, random: Random = randomBytes): DhKeyPair {
  const pair = fieldKeyPair(parameters, random);
  return { share: pair.share, derive: (peerShare) => withoutLeadingZeros(pair.derive(peerShare)) };
}

/** The same with the secret padded to the length of p, for TLS 1.3 (RFC 8446 section 7.4.1). */
export function fieldKeyPair(parameters: DhParameters, random: Random = randomBytes): DhKeyPair {
  const p = withoutLeadingZeros(parameters.p);
  const algorithm = algorithmIdentifier(p, parameters.g);
  const exponent = privateExponent(parameters.privateLength ?? bitLength(p) - 1, random);
  const privateKey = createPrivateKey({
    key: view(sequence(integer(0), algorithm, octetString(unsignedInteger(exponent)))),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    share: padded(publicValue(privateKey), p.length),
    derive(peerShare) {
      const y = withoutLeadingZeros(peerShare);
      if (!inRange(y, p)) throw new BadShare('point', invalidPublicKey);
      if (!hasOrderOf(y, p)) throw new BadShare('secret', wrongOrder);
      const publicKey = orBadShare('point', () => peerKey(algorithm, y), invalidPublicKey);
      const secret = orBadShare('secret', () => diffieHellman({ privateKey, publicKey }), wrongOrder);
      return padded(withoutLeadingZeros(secret), p.length);
    },
  };
}

/** The line of the reference's library about a value of another order than the group has. */
const wrongOrder: ErrorLine = {
  library: 5,
  reason: 122,
  text: 'check pubkey invalid',
  function: 'DH_check_pub_key_ex',
};

/** The same about a value that is out of range. */
const invalidPublicKey: ErrorLine = {
  library: 5,
  reason: 102,
  text: 'invalid public key',
  function: 'ossl_dh_buf2key',
};

/**
 * base^exponent mod p, big-endian, without leading zeros. The exponent may be a secret.
 * @throws {BadShare} when the base is not within 2 and p-2
 */
export function modularPower(base: Uint8Array, exponent: Uint8Array, p: Uint8Array): Uint8Array {
  const reduced = withoutLeadingZeros(base);
  if (!inRange(reduced, p)) throw new BadShare('point');
  // The private key of a group whose generator is the base.
  const algorithm = algorithmIdentifier(p, reduced);
  const key = sequence(integer(0), algorithm, octetString(unsignedInteger(exponent)));
  return orBadShare('secret', () => publicValue(createPrivateKey({ key: view(key), format: 'der', type: 'pkcs8' })));
}

/** ffdhe2048 and its kin; undefined for sizes that RFC 7919 does not define. */
export function rfc7919Parameters(bits: number): DhParameters | undefined {
  const prime = ffdhePrime(bits);
  return prime && fromSafePrime(prime);
}

/**
 * The group that OpenSSL 3.0 selects without configured parameters, for a certificate key or cipher of so many bits of
 * security: the primes of IKE, never weaker than 1024 bits.
 */
export function automaticDhParameters(securityBits: number): DhParameters {
  const bits =
    securityBits >= 192
      ? 8192
      : securityBits >= 152
        ? 4096
        : securityBits >= 128
          ? 3072
          : securityBits >= 112
            ? 2048
            : 1024;
  const prime = modpPrime(bits);
  if (prime === undefined) throw new RangeError(`no prime of ${bits} bits`);
  return fromSafePrime(prime);
}

const fromSafePrime = ({ p, privateLength }: SafePrime): DhParameters => ({ p, g: Buffer.of(2), privateLength });

/**
 * Powers are computed through keys in DER, because `createDiffieHellman` tests the prime at every call: 14 seconds at
 * 6144 bits. The algorithm is that of PKCS #3 with p and g alone.
 */
function algorithmIdentifier(p: Uint8Array, g: Uint8Array): Uint8Array {
  return sequence(objectIdentifier('1.2.840.113549.1.3.1'), sequence(unsignedInteger(p), unsignedInteger(g)));
}

/** The topmost bit is set: an exponent of full length, and never 0 or 1. */
function privateExponent(bits: number, random: Random): Uint8Array {
  const exponent = Uint8Array.from(random(Math.ceil(bits / 8)));
  const top = (bits - 1) % 8;
  exponent[0] = ((exponent[0] ?? 0) & ((1 << top) - 1)) | (1 << top);
  return exponent;
}

/** Extracts the number from the public half: SEQUENCE { algorithm, BIT STRING { INTEGER } } */
function publicValue(privateKey: KeyObject): Uint8Array {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const bits = elementsOf(elementAt(spki, 0).body)[1]?.body ?? Buffer.alloc(0);
  return withoutLeadingZeros(elementAt(bits, 1).body);
}

function peerKey(algorithm: Uint8Array, y: Uint8Array): KeyObject {
  const key = sequence(algorithm, der(Tag.bitString, Buffer.of(0), unsignedInteger(y)));
  return createPublicKey({ key: view(key), format: 'der', type: 'spki' });
}

/** "2 <= dh_Y <= dh_p - 2" (RFC 7919 section 5.1): excludes the values that give the secret away. */
function inRange(y: Uint8Array, p: Uint8Array): boolean {
  if (y.length > p.length) return false;
  const value = number(y);
  return value >= 2n && value <= number(p) - 2n;
}

/**
 * OpenSSL 3.0 refuses a value that is not of the order of a standard group from 2048 bits up, as RFC 7919 section 5.1
 * permits; newer releases leave it out.
 */
function hasOrderOf(y: Uint8Array, p: Uint8Array): boolean {
  return p.length < 256 || safePrimeOf(p) === undefined || isSquare(number(y), number(p));
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x0${hex(bytes)}`);

/** Length in bits of a number in big-endian bytes without leading zeros. */
export function bitLength(p: Uint8Array): number {
  return p.length * 8 - Math.clz32(p[0] ?? 0) + 24;
}

/** A number in big-endian bytes in its shortest form. A view. */
export function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start++;
  return bytes.subarray(start);
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const whole = new Uint8Array(length);
  whole.set(bytes, length - bytes.length);
  return whole;
}
