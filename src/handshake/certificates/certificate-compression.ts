import { equal } from '../../bytes/hex.ts';
import { encode } from '../../bytes/wire.ts';
import { zlib } from '../../bytes/zlib.ts';
import { Certificate13 } from '../../messages/certificate.ts';
import { CompressedCertificate } from '../../messages/compressed-certificate.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import { Problem } from '../../names/problems.ts';
import type { Credential } from '../../x509/files/credential.ts';
import { bounded } from '../flow/bounded.ts';
import type { Flow, Incoming } from '../flow/flow.ts';

/**
 * Compresses the message by the client's first algorithm that we support (RFC 8879 section 4). Undefined when there is
 * none, or the message would not become shorter.
 */
export function compressed(
  credential: Credential,
  certificate: Certificate13,
  offered: readonly number[],
): CompressedCertificate | undefined {
  const forms = compressions();
  const algorithm = offered.find((it) => forms.has(it));
  const compress = forms.get(algorithm ?? -1);
  if (algorithm === undefined || compress === undefined) return undefined;
  const plain = bounded(() => encode(Certificate13.wire({ version: 0x0304 }), certificate));
  const kept = keptOf(credential);
  let found = kept.get(algorithm);
  if (found === undefined || !equal(found.plain, plain)) {
    found = { plain, message: compress(plain) };
    kept.set(algorithm, found);
  }
  if (found.message.length >= plain.length) return undefined;
  return { algorithm, uncompressedLength: plain.length, compressedCertificateMessage: found.message };
}

/** Compresses all certificates with every algorithm in advance. False when there is no certificate. */
export function compressAhead(credentials: readonly Credential[]): boolean {
  for (const credential of credentials) {
    for (const algorithm of compressions().keys()) compressed(credential, certificateMessage(credential), [algorithm]);
  }
  return credentials.length > 0;
}

/** The body of a client's Certificate message, decompressed if necessary (RFC 8879 section 4). @throws {Problem} */
export function certificateBody(
  flow: Pick<Flow, 'decode'>,
  { type, body }: Pick<Incoming, 'type' | 'body'>,
): Uint8Array {
  if (type !== CompressedCertificate.type) return body;
  const message = flow.decode(CompressedCertificate, body, where);
  const { algorithm, uncompressedLength: length, compressedCertificateMessage } = message;
  const decompress = decompressions().get(algorithm);
  if (decompress === undefined) throw new Problem('badCompressionAlgorithm', where, { bytes: body });
  if (length > longestCertificate) throw new Problem('excessiveMessageSize', where, { bytes: body });
  try {
    const plain = decompress(compressedCertificateMessage, { maxOutputLength: Math.max(length, 1) });
    if (plain.length === length) return plain;
  } catch {
    // Invalid compressed data, or more than the announced length, is reported like a wrong length.
  }
  throw new Problem('badDecompression', where, { alert: 'bad_certificate', bytes: body });
}

/** The algorithms that we can decompress, in the reference's order. */
export function decompressionAlgorithms(): number[] {
  return [...decompressions().keys()];
}

/**
 * A server's Certificate message, RFC 8446 section 4.4.2. `extensions` has those of each certificate of the chain, and
 * may be shorter.
 */
export function certificateMessage(
  { chain }: Credential,
  extensions: readonly (readonly Extension[])[] = [],
): Certificate13 {
  return {
    certificateRequestContext: new Uint8Array(0),
    certificateList: chain.map((certData, index) => ({ certData, extensions: [...(extensions[index] ?? [])] })),
  };
}

interface Kept {
  readonly plain: Uint8Array;
  readonly message: Uint8Array;
}

/** The last compressed message of each credential by algorithm. */
const kept = new WeakMap<Credential, Map<number, Kept>>();

function keptOf(credential: Credential): Map<number, Kept> {
  const found = kept.get(credential) ?? new Map<number, Kept>();
  kept.set(credential, found);
  return found;
}

type Compress = (bytes: Uint8Array) => Uint8Array;

function compressions(): ReadonlyMap<number, Compress> {
  const { deflateSync, brotliCompressSync, zstdCompressSync } = zlib();
  return new Map<number, Compress>([
    [1, (bytes) => deflateSync(bytes, { level: 9 })],
    [2, (bytes) => brotliCompressSync(bytes)],
    ...(zstdCompressSync ? [[3, (bytes: Uint8Array) => zstdCompressSync(bytes)] as const] : []),
  ]);
}

type Decompress = (bytes: Uint8Array, limit: { readonly maxOutputLength: number }) => Uint8Array;

function decompressions(): ReadonlyMap<number, Decompress> {
  const { brotliDecompressSync, inflateSync, zstdDecompressSync } = zlib();
  return new Map<number, Decompress>([
    [2, brotliDecompressSync],
    [1, inflateSync],
    ...(zstdDecompressSync ? [[3, zstdDecompressSync] as const] : []),
  ]);
}

/** Maximum bytes, as for an uncompressed Certificate message. */
const longestCertificate = 102400;
const where = 'tls13_process_compressed_certificate';
