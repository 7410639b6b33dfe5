import { extension } from './extension.ts';
import { SignatureSchemeList } from './signature-algorithms.ts';

/** The algorithms accepted in certificate signatures, RFC 8446 section 4.2.3. */
export const signatureAlgorithmsCert = extension({
  code: 50,
  name: 'signature_algorithms_cert',
  in: { clientHello: SignatureSchemeList, certificateRequest: SignatureSchemeList },
});
