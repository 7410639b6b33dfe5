import { opaque, vector } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const DistinguishedNames = vector(opaque(1, 65535), 3, 65535);

/** RFC 8446 section 4.2.4. Names are DER. */
export const certificateAuthorities = extension({
  code: 47,
  name: 'certificate_authorities',
  in: { clientHello: DistinguishedNames, certificateRequest: DistinguishedNames },
});
