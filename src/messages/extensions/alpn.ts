import { text, vector } from '../../bytes/wire.ts';
import { extension } from './extension.ts';

const ProtocolNameList = vector(text(1, 255), 2, 65535);

/** Application-layer protocol negotiation, RFC 7301. The answer holds exactly one name. */
export const alpn = extension({
  code: 16,
  name: 'application_layer_protocol_negotiation',
  in: { clientHello: ProtocolNameList, serverHello: ProtocolNameList, encryptedExtensions: ProtocolNameList },
});
