import { opaque } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const ConnectionId = opaque(0, 255);

/** RFC 9146 section 3. What the sender wants to find in the records that come to it; empty: nothing. */
export const connectionId = extension({
  code: 54,
  name: 'connection_id',
  in: { clientHello: ConnectionId, serverHello: ConnectionId },
});
