import { signatureAlgorithms as kind } from '../../messages/extensions/signature-algorithms.ts';
import { serverExtension } from './extension.ts';
import { offer } from './offer.ts';

/** RFC 8446 section 4.2.3. In TLS 1.3 required by servers that sign. */
export const signatureAlgorithms = serverExtension(kind, {
  versions: 'any',
  offer: offer(kind, { where: 'tls_parse_ctos_sig_algs' }),
  missing: { problem: 'missingSigalgsExtension', where: 'final_sig_algs' },
  answers: { certificateRequest: ({ signatureSchemes }) => signatureSchemes },
});
