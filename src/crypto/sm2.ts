import { createHash } from 'node:crypto';
import { elementAt, elementsOf, Tag } from '../bytes/der.ts';
import { hex } from '../bytes/hex.ts';

/**
 * Verifies a signature of SM2 with SM3 (GM/T 0003.2 section 7) whose signer has a distinguishing identifier. Node has
 * no parameter for it, and verifies only without. All inputs are public, so nothing takes constant time.
 *
 * `publicKey` is the point, uncompressed and on the curve. False, never an exception, for any invalid input of a peer.
 */
export function verifySm2(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array, id: Uint8Array): boolean {
  const numbers = numbersIn(signature);
  if (numbers === undefined || publicKey.length !== 65 || publicKey[0] !== 4) return false;
  const [r, s] = numbers;
  const t = modulo(r + s, order);
  if (t === 0n) return false;
  const digest = createHash('sm3').update(identity(publicKey, id)).update(message).digest();
  const owner = { x: numberFrom(publicKey.subarray(1, 33)), y: numberFrom(publicKey.subarray(33)) };
  const sum = add(multiply(generator, s), multiply(owner, t));
  return sum !== undefined && modulo(numberFrom(digest) + sum.x, order) === r;
}

/** True for DER of two numbers in the range of a signature. */
export function isSm2Signature(signature: Uint8Array): boolean {
  return numbersIn(signature) !== undefined;
}

const field = BigInt('0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff');
const order = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123');
const b = BigInt('0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93');
const generator: Point = {
  x: BigInt('0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7'),
  y: BigInt('0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'),
};

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** GM/T 0003.2 section 5.5: the hash of the signer's identifier, the curve and the public key. */
function identity(publicKey: Uint8Array, id: Uint8Array): Uint8Array {
  const bits = Buffer.of((id.length >> 5) & 0xff, (id.length << 3) & 0xff);
  const curve = [field - 3n, b, generator.x, generator.y].map((it) => it.toString(16).padStart(64, '0')).join('');
  const hash = createHash('sm3').update(bits).update(id).update(Buffer.from(curve, 'hex'));
  return hash.update(publicKey.subarray(1)).digest();
}

/** Undefined unless the signature is DER of two numbers between 0 and the order. */
function numbersIn(signature: Uint8Array): readonly [bigint, bigint] | undefined {
  try {
    const { tag, body, end } = elementAt(signature, 0);
    const [r, s, ...more] = elementsOf(body);
    const isWhole = tag === Tag.sequence && end === signature.length && more.length === 0;
    if (!isWhole || r?.tag !== Tag.integer || s?.tag !== Tag.integer) return undefined;
    const areSmall = [r, s].every(({ body: [first = 0x80, ...others] }) => first < 0x80 && others.length <= 32);
    if (!areSmall) return undefined;
    const numbers = [numberFrom(r.body), numberFrom(s.body)] as const;
    return numbers.every(isInRange) ? numbers : undefined;
  } catch {
    return undefined;
  }
}

function isInRange(number: bigint): boolean {
  return number > 0n && number < order;
}

function numberFrom(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes) || '0'}`);
}

/** Undefined stands for infinity. */
function multiply(point: Point, factor: bigint): Point | undefined {
  let sum: Point | undefined;
  for (const bit of factor.toString(2)) {
    sum = add(sum, sum);
    if (bit === '1') sum = add(sum, point);
  }
  return sum;
}

function add(one: Point | undefined, other: Point | undefined): Point | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const isSame = one.x === other.x;
  if (isSame && (one.y !== other.y || one.y === 0n)) return undefined;
  const slope = isSame
    ? (3n * one.x * one.x + field - 3n) * inverse(2n * one.y)
    : (other.y - one.y) * inverse(other.x - one.x);
  const x = modulo(slope * slope - one.x - other.x, field);
  return { x, y: modulo(slope * (one.x - x) - one.y, field) };
}

/** The inverse of a number other than 0, by the extended Euclidean algorithm. */
function inverse(number: bigint): bigint {
  let [low, high] = [modulo(number, field), field];
  let [factor, before] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high - quotient * low, low];
    [factor, before] = [before - quotient * factor, factor];
  }
  return modulo(factor, field);
}

function modulo(number: bigint, modulus: bigint): bigint {
  const rest = number % modulus;
  return rest < 0n ? rest + modulus : rest;
}
