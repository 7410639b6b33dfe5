import { latin1 } from '../../bytes/hex.ts';
import type { EchSettings } from '../../handshake/flow/settings.ts';
import { BadEchKeys, type EchKey, echKeysFromPem } from '../../x509/files/ech-keys.ts';
import { TlsError } from '../sockets/tls-error.ts';

/** PEM with a private key followed by an ECHCONFIG (RFC 9934). */
export type EchKeyInput =
  | string
  | Uint8Array
  | {
      readonly pem: string | Uint8Array;
      /** Clients with an older configuration are sent this one: true unless given. */
      readonly retry?: boolean | undefined;
    };

export interface EchOptions {
  /** Key pairs for encrypted ClientHellos (RFC 9849). The inner server name then counts. */
  readonly echKeys?: EchKeyInput | readonly EchKeyInput[] | undefined;
}

/**
 * echFrom returns undefined without keys.
 * @throws {TlsError} ERR_SERVERHELLO_CREDENTIAL for input that is no key pair
 */
export function echFrom({ echKeys = [] }: EchOptions): EchSettings | undefined {
  const inputs = Array.isArray(echKeys) ? (echKeys as readonly EchKeyInput[]) : [echKeys as EchKeyInput];
  const keys = inputs.flatMap(readKeys);
  return keys.length === 0 ? undefined : { keys, trialDecryption: false, greasesRetries: false };
}

function readKeys(input: EchKeyInput): EchKey[] {
  const { pem, retry = true } = typeof input === 'string' || input instanceof Uint8Array ? { pem: input } : input;
  try {
    return echKeysFromPem(typeof pem === 'string' ? pem : latin1(pem), { forRetry: retry });
  } catch (error) {
    if (!(error instanceof BadEchKeys)) throw error;
    throw new TlsError('ERR_SERVERHELLO_CREDENTIAL', `echKeys: ${error.message}`, { cause: error });
  }
}
