/** Node's zlib, loaded when something is first compressed: at start it would cost 2 ms. */
export function zlib(): typeof import('node:zlib') & Zstandard {
  return process.getBuiltinModule('node:zlib');
}

/** The calls that the type declarations of Node 20 do not know yet. */
interface Zstandard {
  zstdCompressSync?(bytes: Uint8Array): Uint8Array;
  zstdDecompressSync?(bytes: Uint8Array, limit: { readonly maxOutputLength: number }): Uint8Array;
}
