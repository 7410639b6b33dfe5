import { randomBytes as generate } from './primitives.ts';

/** Fresh bytes from the generator of OpenSSL. */
export function randomBytes(size: number): Uint8Array {
  return generate(size);
}
