import { type DigitallySigned, digitallySigned } from './digitally-signed.ts';
import { message } from './message.ts';

/** RFC 8446 section 4.4.3, RFC 5246 section 7.4.8 */
export const CertificateVerify = message<CertificateVerify>(15, 'CertificateVerify', digitallySigned);
export type CertificateVerify = DigitallySigned;
