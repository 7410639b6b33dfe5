import { hex } from '../../bytes/hex.ts';

/** Safe primes of the standards, from the formulas that define them. Their generator is 2. */
export interface SafePrime {
  /** Big-endian, without leading zeros. */
  readonly p: Uint8Array;
  /** Bits of a private exponent that give the strength of the group, with a margin. */
  readonly privateLength: number;
}

/** ffdhe2048 to ffdhe8192 (RFC 7919 appendix A); undefined for other sizes. */
export function ffdhePrime(bits: number): SafePrime | undefined {
  return remembered(ffdhe, bits, eulersNumber);
}

/** The groups of IKE: 1024 bits (RFC 2409 section 6.2), 2048 to 8192 (RFC 3526); undefined for other sizes. */
export function modpPrime(bits: number): SafePrime | undefined {
  return remembered(modp, bits, pi);
}

/** The group of a standard that has this prime, given big-endian without leading zeros; undefined for any other. */
export function safePrimeOf(p: Uint8Array): SafePrime | undefined {
  // All of them begin and end with 64 ones.
  if (!p.subarray(0, 8).every(isOnes) || !p.subarray(-8).every(isOnes)) return undefined;
  const bits = p.length * 8;
  return [ffdhePrime(bits), modpPrime(bits)].find((prime) => prime !== undefined && hex(prime.p) === hex(p));
}

const isOnes = (byte: number): boolean => byte === 0xff;

/** True for a number that has a square root modulo the odd prime p: for a safe prime the numbers of order (p - 1) / 2. */
export function isSquare(value: bigint, p: bigint): boolean {
  // The Jacobi symbol, by quadratic reciprocity. Nothing here is secret.
  let [a, n, sign] = [value % p, p, 1];
  while (a !== 0n) {
    const zeros = trailingZeros(a);
    a >>= BigInt(zeros);
    if (zeros % 2 === 1 && [3n, 5n].includes(n & 7n)) sign = -sign;
    if ((a & 3n) === 3n && (n & 3n) === 3n) sign = -sign;
    [a, n] = [n % a, a];
  }
  return n === 1n && sign === 1;
}

function trailingZeros(value: bigint): number {
  let zeros = 0;
  let rest = value;
  for (; (rest & 0xffffffffn) === 0n; rest >>= 32n) zeros += 32;
  const low = Number(rest & 0xffffffffn);
  return zeros + 31 - Math.clz32(low & -low);
}

interface Family {
  /** By size: the addend of the formula, and the length of the private exponent. */
  readonly members: ReadonlyMap<number, readonly [addend: bigint, privateLength: number]>;
  readonly found: Map<number, SafePrime>;
}

const ffdhe: Family = {
  members: new Map([
    [2048, [560316n, 225]],
    [3072, [2625351n, 275]],
    [4096, [5736041n, 325]],
    [6144, [15705020n, 375]],
    [8192, [10965728n, 400]],
  ]),
  found: new Map(),
};

const modp: Family = {
  members: new Map([
    [1024, [129093n, 200]],
    [2048, [124476n, 225]],
    [3072, [1690314n, 275]],
    [4096, [240904n, 325]],
    [6144, [929484n, 375]],
    [8192, [4743158n, 400]],
  ]),
  found: new Map(),
};

function remembered(family: Family, bits: number, constant: (bits: bigint) => bigint): SafePrime | undefined {
  const member = family.members.get(bits);
  if (member === undefined) return undefined;
  const known = family.found.get(bits);
  if (known !== undefined) return known;
  const [addend, privateLength] = member;
  const prime = { p: formula(BigInt(bits), constant, addend), privateLength };
  family.found.set(bits, prime);
  return prime;
}

/** p = 2^n - 2^(n-64) - 1 + 2^64 * (floor(2^(n-130) * constant) + addend) */
function formula(n: bigint, constant: (bits: bigint) => bigint, addend: bigint): Uint8Array {
  const p = (1n << n) - (1n << (n - 64n)) - 1n + ((constant(n - 130n) + addend) << 64n);
  return Buffer.from(p.toString(16), 'hex');
}

/** Extra bits computed, so that rounding of the terms cannot reach the result. */
const guard = 64n;

/** floor(2^bits * e), by the series of 1/k! */
function eulersNumber(bits: bigint): bigint {
  let sum = 0n;
  let term = 1n << (bits + guard);
  for (let k = 1n; term > 0n; k++) {
    sum += term;
    term /= k;
  }
  return sum >> guard;
}

/** floor(2^bits * pi), by Machin's formula pi = 16 arctan(1/5) - 4 arctan(1/239) */
function pi(bits: bigint): bigint {
  const one = 1n << (bits + guard);
  return (16n * inverseArctangent(5n, one) - 4n * inverseArctangent(239n, one)) >> guard;
}

/** arctan(1/x), scaled by `one` */
function inverseArctangent(x: bigint, one: bigint): bigint {
  let power = one / x;
  let sum = power;
  for (let k = 3n, sign = -1n; power > 0n; k += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / k;
  }
  return sum;
}
