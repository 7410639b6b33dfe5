import { list, text } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** draft-agl-tls-nextprotoneg-04 section 3: the server's protocols, without a length in front of the list. */
export const nextProtocolNegotiation = extension({
  code: 13172,
  name: 'next_protocol_negotiation',
  in: { clientHello: empty, serverHello: list(text(1, 255)) },
});
