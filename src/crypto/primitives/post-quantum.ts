import { createRequire } from 'node:module';

/*
 * ML-KEM and ML-DSA in JavaScript, for a Node without them. They are loaded at first use and synchronously, as the
 * engine cannot wait for `import`.
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
