import { createRequire } from 'node:module';

/*
 * ML-KEM and ML-DSA in JavaScript, for a Node without them. They are loaded at first use and synchronously, as the
 * engine cannot wait for `import`. The package is optional, and a handshake goes on without it.
 */

const load = createRequire(import.meta.url);
const name = '@noble/post-quantum';

/** The line about a name or a key that needs the package. */
export const needsPackage = `this Node has no ML-KEM and ML-DSA, and the package ${name} is not installed`;

/** FIPS 203; undefined without the package. */
export function mlKem() {
  return loaded<typeof import('@noble/post-quantum/ml-kem.js')>('ml-kem.js');
}

/** FIPS 204; undefined without the package. */
export function mlDsa() {
  return loaded<typeof import('@noble/post-quantum/ml-dsa.js')>('ml-dsa.js');
}

function loaded<Module>(file: string): Module | undefined {
  try {
    return load(`${name}/${file}`);
  } catch {
    return undefined;
  }
}
