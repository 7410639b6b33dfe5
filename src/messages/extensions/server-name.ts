import { struct, text, u8, vector } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** The only name type defined. */
export const hostNameType = 0;

/**
 * Server name indication, RFC 6066 section 3. A name of a later type begins with a length of 16 bits too. An empty host name
 * can be decoded, because the server refuses it for a reason of its own.
 */
export const serverName = extension({
  code: 0,
  name: 'server_name',
  in: {
    clientHello: vector(struct({ nameType: u8, name: text(0, 65535) }), 1, 65535),
    serverHello: empty,
    encryptedExtensions: empty,
  },
});
