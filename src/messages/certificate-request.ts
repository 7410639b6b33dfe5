import { opaque, struct, type ValueOf, vector } from '../bytes/wire.ts';
import { ClientCertificateType, SignatureScheme } from './code-points.ts';
import { Extension } from './extensions/extension.ts';
import { byVersion, hasSignatureAlgorithms, type MessageOf, message } from './message.ts';

/** RFC 5246 section 7.4.4; without the algorithms up to TLS 1.1 (RFC 4346 section 7.4.4). Names are DER. */
export const CertificateRequest12 = message<CertificateRequest12>(13, 'CertificateRequest', (context) =>
  hasSignatureAlgorithms(context) ? RequestWithAlgorithms : RequestOfTls11,
);
export type CertificateRequest12 = ValueOf<typeof RequestOfTls11> &
  Partial<Pick<ValueOf<typeof RequestWithAlgorithms>, 'supportedSignatureAlgorithms'>>;

/** RFC 8446 section 4.3.2 */
export const CertificateRequest13 = message(
  13,
  'CertificateRequest',
  struct({ certificateRequestContext: opaque(0, 255), extensions: vector(Extension, 2, 65535) }),
);
export type CertificateRequest13 = MessageOf<typeof CertificateRequest13>;

export const CertificateRequest = byVersion(CertificateRequest12, CertificateRequest13);
export type CertificateRequest = MessageOf<typeof CertificateRequest>;

const certificateTypes = vector(ClientCertificateType, 1, 255);
const certificateAuthorities = vector(opaque(1, 65535), 0, 65535);

const RequestOfTls11 = struct({ certificateTypes, certificateAuthorities });
const RequestWithAlgorithms = struct({
  certificateTypes,
  supportedSignatureAlgorithms: vector(SignatureScheme, 2, 65534),
  certificateAuthorities,
});
