import { vector } from '../../bytes/wire.ts';
import { ProtocolVersion } from '../code-points.ts';
import { extension } from './extension.ts';

/** RFC 8446 section 4.2.1 */
export const supportedVersions = extension({
  code: 43,
  name: 'supported_versions',
  in: {
    clientHello: vector(ProtocolVersion, 2, 254),
    serverHello: ProtocolVersion,
    helloRetryRequest: ProtocolVersion,
  },
});
