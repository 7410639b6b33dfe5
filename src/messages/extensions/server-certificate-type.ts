import { CertificateTypeCode, CertificateTypeList } from './client-certificate-type.ts';
import { extension } from './extension.ts';

/** Raw public keys instead of certificates, RFC 7250 section 3. */
export const serverCertificateType = extension({
  code: 20,
  name: 'server_certificate_type',
  in: { clientHello: CertificateTypeList, serverHello: CertificateTypeCode, encryptedExtensions: CertificateTypeCode },
});
