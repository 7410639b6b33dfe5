/** Node's zlib, loaded at the first compression: at start it would cost 2 ms. */
export function zlib(): typeof import('node:zlib') & Zstandard {
  return process.getBuiltinModule('node:zlib');
}

/** Calls that the type declarations of Node 20 lack. */
interface Zstandard {
  zstdCompressSync?(bytes: Uint8Array): Uint8Array;
  zstdDecompressSync?(bytes: Uint8Array, limit: { readonly maxOutputLength: number }): Uint8Array;
}
