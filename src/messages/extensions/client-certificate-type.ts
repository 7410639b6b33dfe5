import { named, u8, vector } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const names = new Map([
  [0, 'x509'],
  [1, 'pgp'],
  [2, 'rpk'],
  [3, '1609dot2'],
]);

/** The certificate types that we support. */
export const CertificateType = { x509: 0, rawPublicKey: 2 } as const;

export const CertificateTypeCode = named(u8, (code) => names.get(code));
export const CertificateTypeList = vector(CertificateTypeCode, 1, 255);

/** Raw public keys instead of certificates, RFC 7250 section 3. */
export const clientCertificateType = extension({
  code: 19,
  name: 'client_certificate_type',
  in: { clientHello: CertificateTypeList, serverHello: CertificateTypeCode, encryptedExtensions: CertificateTypeCode },
});
