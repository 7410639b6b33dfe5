import { bytes, opaque, select, struct, u8, type ValueOf } from '../../bytes/wire.ts';
import { EchConfigList, HpkeSymmetricSuite } from '../ech-config.ts';
import { empty, extension } from './extension.ts';

export const EchClientHelloType = { outer: 0, inner: 1 } as const;

/** The form in the outer hello; the ciphertext comes last. */
export type OuterClientHello = ValueOf<typeof OuterClientHello>;

const OuterClientHello = struct({
  cipherSuite: HpkeSymmetricSuite,
  configId: u8,
  enc: opaque(0, 65535),
  payload: opaque(1, 65535),
});

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
