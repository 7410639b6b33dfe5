import { opaque, vector } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

const SignedCertificateTimestampList = vector(opaque(1, 65535), 1, 65535);

/** Certificate transparency, RFC 6962 section 3.3.1. */
export const signedCertificateTimestamp = extension({
  code: 18,
  name: 'signed_certificate_timestamp',
  in: {
    clientHello: empty,
    serverHello: SignedCertificateTimestampList,
    certificateRequest: empty,
    certificate: SignedCertificateTimestampList,
  },
});
