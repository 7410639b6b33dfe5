import { latin1 } from '../../bytes/hex.ts';
import type { EchSettings } from '../../handshake/flow/settings.ts';
import { BadEchKeys, type EchKey, echKeysFromPem } from '../../x509/files/ech-keys.ts';
import { TlsError } from '../sockets/tls-error.ts';

/** PEM with a private key and an ECHCONFIG behind it (RFC 9934). */
export type EchKeyInput =
  | string
  | Uint8Array
  | {
      readonly pem: string | Uint8Array;
      /** Whether clients with an older configuration are told this one: true unless given. */
      readonly retry?: boolean | undefined;
    };

export interface EchOptions {
  /** Key pairs for ClientHellos that are encrypted (RFC 9849). The name that counts is then the one inside. */
  readonly echKeys?: EchKeyInput | readonly EchKeyInput[] | undefined;
}

/**
 * Undefined where there are no keys.
 * @throws {TlsError} ERR_SERVERHELLO_CREDENTIAL for what is no key pair
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
