import type { Settings } from '../../handshake/flow/settings.ts';
import { maxPskKey } from '../../handshake/resumption/psk-key.ts';
import { TlsError } from '../sockets/tls-error.ts';
import { TlsSocket } from '../sockets/tls-socket.ts';
import { bytesOf } from './option-value.ts';

/** Options of pre-shared keys. */
export interface PskOptions {
  /**
   * Finds the pre-shared key for a client's identity, up to TLS 1.2 and in TLS 1.3 (with SHA-256): 1 to 256 bytes, or
   * nothing for an unknown identity. May return a promise. Unlike in `node:tls` an unknown identity looks to the client
   * like a wrong key. In TLS 1.3 suites with SHA-256 are preferred then.
   */
  readonly pskCallback?: PskCallback | undefined;
  /** Hint sent to clients up to TLS 1.2 before they send their identity; at most 256 bytes. */
  readonly pskIdentityHint?: string | undefined;
}

/**
 * PskCallback is as in `node:tls`, and may also return a promise. An exception ends the handshake. An identity without
 * a key (null) fails as a wrong key does where the client cannot tell the difference, so that identities cannot be
 * tried out.
 */
export type PskCallback = (
  socket: TlsSocket,
  identity: string,
) => NodeJS.ArrayBufferView | null | undefined | Promise<NodeJS.ArrayBufferView | null | undefined>;

/** OpenSSL's maximum bytes. */
const maxHint = 256;

/** preSharedKeysFrom returns the settings of pre-shared keys. @throws {TlsError} for a hint that is too long */
export function preSharedKeysFrom({ pskCallback, pskIdentityHint }: PskOptions): PskSettings {
  const hint = pskIdentityHint === undefined ? undefined : Buffer.from(pskIdentityHint);
  if (hint !== undefined && hint.length > maxHint) {
    throw new TlsError('ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED', `pskIdentityHint: longer than ${maxHint} bytes`);
  }
  return {
    ...(hint && { pskHint: hint }),
    ...(pskCallback && {
      lookUpPsk: (identity, connection) => {
        if (connection instanceof TlsSocket) return keyFrom(pskCallback, connection, Buffer.from(identity).toString());
        throw new TypeError('a connection without its socket');
      },
    }),
  };
}

type PskSettings = Pick<Settings, 'lookUpPsk' | 'pskHint'>;

/** keyFrom counts an empty key as none. */
async function keyFrom(callback: PskCallback, socket: TlsSocket, identity: string): Promise<Uint8Array | undefined> {
  const answer = await callback(socket, identity);
  if (answer === null || answer === undefined || answer.byteLength === 0) return undefined;
  const key = bytesOf(answer);
  if (key.length <= maxPskKey) return key;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `pskCallback: a key of more than ${maxPskKey} bytes`);
}
