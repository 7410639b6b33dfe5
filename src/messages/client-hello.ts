import { bytes, opaque, optionalTail, struct, type ValueOf, vector } from '../bytes/wire.ts';
import { isDtls } from '../names/versions.ts';
import { CipherSuite, CompressionMethod, ProtocolVersion } from './code-points.ts';
import { Extension } from './extensions/extension.ts';
import { message } from './message.ts';

/**
 * RFC 8446 section 4.1.2; with the cookie of RFC 6347 section 4.2.1 in DTLS. Empty lists of suites and of compression
 * methods decode, because the handshake refuses them with problems of its own.
 */
export const ClientHello = message<ClientHello>(1, 'ClientHello', ({ version, datagrams }) =>
  datagrams || isDtls(version) ? DatagramHello : StreamHello,
);
export type ClientHello = ValueOf<typeof StreamHello> & { readonly cookie?: Uint8Array };

const start = {
  legacyVersion: ProtocolVersion,
  random: bytes(32),
  sessionId: opaque(0, 32),
};

const offers = {
  cipherSuites: vector(CipherSuite, 0, 65534),
  compressionMethods: vector(CompressionMethod, 0, 255),
  extensions: optionalTail(vector(Extension, 0, 65535)),
};

const StreamHello = struct({ ...start, ...offers });
const DatagramHello = struct({ ...start, cookie: opaque(0, 255), ...offers });
