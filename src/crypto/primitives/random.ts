import { randomFillSync } from 'node:crypto';
import { randomBytes as generate } from './primitives.ts';

/** Random returns `length` fresh random bytes. */
export type Random = (length: number) => Uint8Array;

/** A call to the generator costs 20 us for any small size, so many bytes are drawn at once. */
const poolSize = 4096;
const largestFromPool = 64;
const pool = new Uint8Array(poolSize);
let used = poolSize;

/** Fresh bytes from the generator of OpenSSL, in memory of their own. No byte is returned twice or kept. */
export function randomBytes(size: number): Uint8Array {
  if (size > largestFromPool) return generate(size);
  if (used + size > poolSize) {
    randomFillSync(pool);
    used = 0;
  }
  const piece = pool.subarray(used, used + size);
  used += size;
  const taken = Uint8Array.from(piece);
  piece.fill(0);
  return taken;
}
