import { hex } from '../../bytes/hex.ts';
import { BadShare } from '../groups/agreement.ts';
import { modularPower } from '../groups/dh.ts';
import { hash } from '../primitives/hash.ts';
import type { SrpGroup } from './srp-groups.ts';

/** The server's half of one SRP-6a exchange. */
export interface SrpExchange {
  /** B of RFC 5054, big-endian. */
  readonly share: Uint8Array;
  /**
   * The premaster secret, without leading zeros (RFC 5054 section 2.6).
   * @throws {BadShare} when A is a multiple of the prime, out of range, or gives the secret away
   */
  derive(clientShare: Uint8Array): Uint8Array;
}

/** Bytes of a server's secret, as in the reference. */
export const srpSecretLength = 48;

/** RFC 5054 section 2.5.3. `secret` is b, at least 256 bits. */
export function srpExchange({ n, g }: SrpGroup, verifier: Uint8Array, secret: Uint8Array): SrpExchange {
  const prime = number(n);
  const k = number(hash('sha1', n, padded(g, n.length)));
  // A file may contain any number.
  const v = number(verifier) % prime;
  const share = bytes((k * v + number(modularPower(g, secret, n))) % prime);
  return {
    share,
    derive(clientShare) {
      const a = number(clientShare);
      if (a === 0n || a >= prime) throw new BadShare('point');
      const u = hash('sha1', padded(bytes(a), n.length), padded(share, n.length));
      const base = (a * number(modularPower(bytes(v), u, n))) % prime;
      return modularPower(bytes(base), secret, n);
    },
  };
}

/** v of RFC 5054 section 2.4, kept instead of the password. */
export function srpVerifier({ n, g }: SrpGroup, salt: Uint8Array, name: string, password: string): Uint8Array {
  const x = hash('sha1', salt, hash('sha1', Buffer.from(`${name}:${password}`)));
  return modularPower(g, x, n);
}

function padded(value: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(value, length - value.length);
  return whole;
}

const number = (value: Uint8Array): bigint => BigInt(`0x0${hex(value)}`);

function bytes(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}
