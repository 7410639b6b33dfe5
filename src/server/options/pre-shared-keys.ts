import type { Settings } from '../../handshake/flow/settings.ts';
import type { PskCallback, ServerOptions } from '../server-options.ts';
import { TlsError } from '../tls-error.ts';
import { TlsSocket } from '../tls-socket.ts';
import { bytesOf } from './option-value.ts';

/** Bytes, as OpenSSL limits them: of a hint, and of a key. */
const maxHint = 256;
const maxKey = 256;

/**
 * What the options say about pre-shared keys.
 * @throws {TlsError} for a hint that is too long
 */
export function preSharedKeysFrom({
  pskCallback,
  pskIdentityHint,
}: Pick<ServerOptions, 'pskCallback' | 'pskIdentityHint'>): PskSettings {
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

/** A key without a byte is none. */
async function keyFrom(callback: PskCallback, socket: TlsSocket, identity: string): Promise<Uint8Array | undefined> {
  const answer = await callback(socket, identity);
  if (answer === null || answer === undefined || answer.byteLength === 0) return undefined;
  const key = bytesOf(answer);
  if (key.length <= maxKey) return key;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `pskCallback: a key of more than ${maxKey} bytes`);
}
