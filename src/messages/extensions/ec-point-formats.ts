import { named, u8, vector } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

export const PointFormat = { uncompressed: 0, ansiX962CompressedPrime: 1, ansiX962CompressedChar2: 2 } as const;

const names = new Map<number, string>([
  [PointFormat.uncompressed, 'uncompressed'],
  [PointFormat.ansiX962CompressedPrime, 'ansiX962_compressed_prime'],
  [PointFormat.ansiX962CompressedChar2, 'ansiX962_compressed_char2'],
]);

const PointFormatList = vector(
  named(u8, (code) => names.get(code)),
  1,
  255,
);

/** RFC 8422 section 5.1.2 */
export const ecPointFormats = extension({
  code: 11,
  name: 'ec_point_formats',
  in: { clientHello: PointFormatList, serverHello: PointFormatList },
});
