import { compressCertificate as kind } from '../../messages/extensions/compress-certificate.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8879 section 3: the algorithms that the client can decompress, in its order. */
export const compressCertificate = serverExtension(kind, {
  versions: 'fromTls13',
  offer: offer(kind, { where: 'tls_parse_compress_certificate' }),
  isOn: ({ compressesCertificates }) => compressesCertificates === true,
  answers: { certificateRequest: ({ decompression }) => decompression },
});
