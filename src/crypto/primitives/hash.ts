import { type KeyObject, timingSafeEqual } from 'node:crypto';
import { authenticate, digest } from './primitives.ts';

export type HashName = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

const lengths: Readonly<Record<HashName, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** Length of the output in bytes. */
export function hashLength(name: HashName): number {
  return lengths[name];
}

/** The hash of the parts, one after the other. */
export function hash(name: HashName, ...parts: Uint8Array[]): Uint8Array {
  return digest(name, parts);
}

/** RFC 2104. For a key used many times a `KeyObject` is cheapest. */
export function hmac(name: HashName, key: Uint8Array | KeyObject, ...parts: Uint8Array[]): Uint8Array {
  return authenticate(name, key, parts);
}

/** Compares in time independent of the first difference. Unequal lengths, which are not secret, return at once. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
