import { CertificateStatusBody } from './extensions/status-request.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 6066 section 8; up to TLS 1.2, then the same body is an extension of Certificate. */
export const CertificateStatus = message(22, 'CertificateStatus', CertificateStatusBody);
export type CertificateStatus = MessageOf<typeof CertificateStatus>;
