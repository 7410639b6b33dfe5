import { vector } from '../../bytes/wire.ts';
import { SignatureScheme } from '../code-points.ts';
import { extension } from './extension.ts';

export const SignatureSchemeList = vector(SignatureScheme, 2, 65534);

/** RFC 8446 section 4.2.3 */
export const signatureAlgorithms = extension({
  code: 13,
  name: 'signature_algorithms',
  in: { clientHello: SignatureSchemeList, certificateRequest: SignatureSchemeList },
});
