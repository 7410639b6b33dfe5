import { signatureAlgorithmsCert as kind } from '../../messages/extensions/signature-algorithms-cert.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.3 */
export const signatureAlgorithmsCert = offer(kind, { where: 'tls_parse_ctos_sig_algs_cert' });
