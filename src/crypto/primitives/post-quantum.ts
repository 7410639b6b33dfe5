import { createRequire } from 'node:module';

/*
 * ML-KEM and ML-DSA in JavaScript, for a Node that has none of its own. They are loaded when they are first asked for
 * and at once, as the engine does not wait: `import` would.
 */

const load = createRequire(import.meta.url);

/** FIPS 203 */
export function mlKem(): typeof import('@noble/post-quantum/ml-kem.js') {
  return load('@noble/post-quantum/ml-kem.js');
}

/** FIPS 204 */
export function mlDsa(): typeof import('@noble/post-quantum/ml-dsa.js') {
  return load('@noble/post-quantum/ml-dsa.js');
}
