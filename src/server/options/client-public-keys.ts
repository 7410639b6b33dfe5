import { latin1, view } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { pemBlocks } from '../../bytes/pem.ts';
import type { ClientAuthentication } from '../../handshake/flow/settings.ts';
import { publicKeyFacts } from '../../x509/certificates/certificate.ts';
import { TlsError } from '../sockets/tls-error.ts';
import type { PemOrDer } from './credentials.ts';

/** Public keys without certificates (RFC 7250). */
export interface ClientPublicKeyOptions {
  /**
   * Public keys (SubjectPublicKeyInfo) of the authorized clients; all others are rejected, whether their key comes bare
   * or in a certificate. A text may hold several. Counts with `requestCert` only; `sessionInfo.clientPublicKey` of the
   * socket is the bare key then.
   */
  readonly clientRawPublicKeys?: PemOrDer | readonly PemOrDer[] | undefined;
}

type ExpectedKeys = Pick<ClientAuthentication, 'rawPublicKeys' | 'expectedKeys'>;

/**
 * @throws {TlsError} ERR_SERVERHELLO_CREDENTIAL for unreadable input, and for input without a key, which would be no
 * rule
 */
export function clientPublicKeysFrom({ clientRawPublicKeys: given }: ClientPublicKeyOptions): ExpectedKeys {
  if (given === undefined) return {};
  const list = typeof given === 'string' || given instanceof Uint8Array ? [given] : given;
  const expectedKeys = list.flatMap(keysIn);
  if (expectedKeys.length === 0) throw refused('there is no public key in it');
  return { rawPublicKeys: true, expectedKeys };
}

function keysIn(input: PemOrDer): Uint8Array[] {
  const isText = typeof input === 'string' || view(input).includes('-----BEGIN ');
  const keys = isText ? keyBlocks(typeof input === 'string' ? input : latin1(input)) : [Uint8Array.from(input)];
  for (const key of keys) check(key);
  return keys;
}

function keyBlocks(text: string): Uint8Array[] {
  const keys = pemBlocks(text).filter(({ label }) => label === 'PUBLIC KEY');
  if (keys.length === 0) throw refused('there is no public key in it');
  return keys.map(({ der }) => der);
}

function check(key: Uint8Array): void {
  try {
    publicKeyFacts(key);
  } catch (error) {
    throw error instanceof Malformed ? refused(error.message, error) : error;
  }
}

function refused(message: string, cause?: unknown): TlsError {
  return new TlsError('ERR_SERVERHELLO_CREDENTIAL', `clientRawPublicKeys: ${message}`, { cause });
}
