import { bytes, opaque, select, struct, u8, u16, vector } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

export const EchClientHelloType = { outer: 0, inner: 1 } as const;

const OuterClientHello = struct({
  cipherSuite: struct({ kdf: u16, aead: u16 }),
  configId: u8,
  enc: opaque(0, 65535),
  payload: opaque(1, 65535),
});

/** The contents have a form only under a version that is known. */
const EchConfigList = vector(struct({ version: u16, contents: opaque(0, 65535) }), 4, 65535);

/** RFC 9849 section 5. The server answers with a confirmation in the retry, or with configurations to try again. */
export const encryptedClientHello = extension({
  code: 0xfe0d,
  name: 'encrypted_client_hello',
  in: {
    clientHello: select('type', { 0: OuterClientHello, 1: empty }),
    helloRetryRequest: bytes(8),
    encryptedExtensions: EchConfigList,
  },
});
