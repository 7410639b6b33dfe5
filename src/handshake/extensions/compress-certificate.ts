import { compressCertificate as kind } from '../../messages/extensions/compress-certificate.ts';
import { offer } from './offer.ts';

/** RFC 8879 section 3: what the client can decompress, in its order. */
export const compressCertificate = offer(kind, {
  where: 'tls_parse_compress_certificate',
  versions: 'fromTls13',
});
