import { named, opaque, struct, u16, u24 } from '../bytes/wire.ts';
import { certificateCompressionName } from './extensions/compress-certificate.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 8879 section 4: a Certificate message without its header, compressed. */
export const CompressedCertificate = message(
  25,
  'CompressedCertificate',
  struct({
    algorithm: named(u16, certificateCompressionName),
    uncompressedLength: u24,
    compressedCertificateMessage: opaque(1, 0xffffff),
  }),
);
export type CompressedCertificate = MessageOf<typeof CompressedCertificate>;
