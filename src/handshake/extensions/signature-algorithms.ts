import { signatureAlgorithms as kind } from '../../messages/extensions/signature-algorithms.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.3 */
export const signatureAlgorithms = offer(kind, { where: 'tls_parse_ctos_sig_algs' });
