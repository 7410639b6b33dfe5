import { bytes, opaque, optionalTail, struct, vector } from '../bytes/wire.ts';
import { CipherSuite, CompressionMethod, ProtocolVersion } from './code-points.ts';
import { Extension } from './extensions/extension.ts';
import { type MessageOf, message } from './message.ts';

/** RFC 8446 section 4.1.3. HelloRetryRequest is the same message with a random value of its own. */
export const ServerHello = message(
  2,
  'ServerHello',
  struct({
    legacyVersion: ProtocolVersion,
    random: bytes(32),
    sessionId: opaque(0, 32),
    cipherSuite: CipherSuite,
    compressionMethod: CompressionMethod,
    extensions: optionalTail(vector(Extension, 0, 65535)),
  }),
);
export type ServerHello = MessageOf<typeof ServerHello>;

/** The random value of a HelloRetryRequest: SHA-256 of its name. RFC 8446 section 4.1.3. */
export const helloRetryRequestRandom: Uint8Array = Buffer.from(
  'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c',
  'hex',
);

/** Last eight bytes of the random value when a server of TLS 1.3 negotiates TLS 1.2. */
export const downgradeToTls12: Uint8Array = Buffer.from('DOWNGRD\x01', 'latin1');

/** Last eight bytes of the random value when a server of TLS 1.2 or 1.3 negotiates TLS 1.1 or less. */
export const downgradeToTls11: Uint8Array = Buffer.from('DOWNGRD\x00', 'latin1');
