import * as zlib from 'node:zlib';
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { equal } from '../bytes/hex.ts';
import { encode } from '../bytes/wire.ts';
import { Certificate13 } from '../messages/certificate.ts';
import type { CompressedCertificate } from '../messages/compressed-certificate.ts';
import type { Credential } from '../x509/credential.ts';

/**
 * The message with its certificate in the first form of the client's that we have (RFC 8879 section 4); undefined when
 * there is none, or the message would not become shorter.
 */
export function compressed(
  credential: Credential,
  certificate: Certificate13,
  offered: readonly number[],
): CompressedCertificate | undefined {
  const algorithm = offered.find((it) => algorithms.has(it));
  const compress = algorithms.get(algorithm ?? -1);
  if (algorithm === undefined || compress === undefined) return undefined;
  const plain = encode(Certificate13.wire({ version: 0x0304 }), certificate);
  const kept = keptOf(credential);
  let found = kept.get(algorithm);
  if (found === undefined || !equal(found.plain, plain)) {
    found = { plain, message: compress(plain) };
    kept.set(algorithm, found);
  }
  if (found.message.length >= plain.length) return undefined;
  return { algorithm, uncompressedLength: plain.length, compressedCertificateMessage: found.message };
}

/** Does all that a handshake will need, in every form. False when there is no certificate. */
export function compressAhead(credentials: readonly Credential[]): boolean {
  for (const credential of credentials) {
    for (const algorithm of algorithms.keys()) compressed(credential, certificateMessage(credential), [algorithm]);
  }
  return credentials.length > 0;
}

/** RFC 8446 section 4.4.2, of a server. */
export function certificateMessage({ chain }: Credential): Certificate13 {
  return {
    certificateRequestContext: new Uint8Array(0),
    certificateList: chain.map((certData) => ({ certData, extensions: [] })),
  };
}

interface Kept {
  readonly plain: Uint8Array;
  readonly message: Uint8Array;
}

/** The last message of each credential in each form. */
const kept = new WeakMap<Credential, Map<number, Kept>>();

function keptOf(credential: Credential): Map<number, Kept> {
  const found = kept.get(credential) ?? new Map<number, Kept>();
  kept.set(credential, found);
  return found;
}

/** The call that the type declarations of Node 20 do not know yet. */
interface WithZstd {
  zstdCompressSync(bytes: Uint8Array): Uint8Array;
}

type Compress = (bytes: Uint8Array) => Uint8Array;

const algorithms: ReadonlyMap<number, Compress> = new Map<number, Compress>([
  [1, (bytes) => deflateSync(bytes, { level: 9 })],
  [2, (bytes) => brotliCompressSync(bytes)],
  ...('zstdCompressSync' in zlib
    ? [[3, (bytes: Uint8Array) => (zlib as object as WithZstd).zstdCompressSync(bytes)] as const]
    : []),
]);
