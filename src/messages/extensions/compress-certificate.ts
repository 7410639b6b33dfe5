import { named, u16, vector } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const names = new Map([
  [1, 'zlib'],
  [2, 'brotli'],
  [3, 'zstd'],
]);

export function certificateCompressionName(code: number): string | undefined {
  return names.get(code);
}

const CompressionAlgorithms = vector(named(u16, certificateCompressionName), 2, 254);

/** RFC 8879 section 3 */
export const compressCertificate = extension({
  code: 27,
  name: 'compress_certificate',
  in: { clientHello: CompressionAlgorithms, certificateRequest: CompressionAlgorithms },
});
