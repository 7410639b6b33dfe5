import { signatureAlgorithmsCert as kind } from '../../messages/extensions/signature-algorithms-cert.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.3 */
export const signatureAlgorithmsCert = serverExtension(kind, {
  versions: 'any',
  offer: offer(kind, { where: 'tls_parse_ctos_sig_algs_cert' }),
});
