import { opaque } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const RenegotiatedConnection = opaque(0, 255);

/** RFC 5746 section 3.2: empty at first, then the client's verify_data, from the server followed by its own. */
export const renegotiationInfo = extension({
  code: 65281,
  name: 'renegotiation_info',
  in: { clientHello: RenegotiatedConnection, serverHello: RenegotiatedConnection },
});
