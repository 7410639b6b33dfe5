import type { ServerKeyExchange } from '../../messages/server-key-exchange.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { Credential } from '../../x509/credential.ts';
import type { Flow } from '../flow.ts';

/** One run of a key exchange up to TLS 1.2: what the server offers, and what the client's answer leads to. */
export interface KeyExchangeRun {
  /** What ServerKeyExchange says; undefined where the method has none. */
  readonly params?: NonNullable<ServerKeyExchange['params']>;
  /** The bytes of `params`, which are signed. */
  readonly signedBytes?: Uint8Array;
  readonly group?: Group;
  /**
   * Reads the body of a ClientKeyExchange.
   * @throws {Problem}
   */
  premaster(flow: Flow, body: Uint8Array): Uint8Array;
}

export interface KeyExchangeStart {
  readonly cipherSuite: CipherSuite;
  readonly sharedGroups: readonly Group[];
  readonly credential: Credential | undefined;
  /** The version field of the ClientHello. */
  readonly clientVersion: number;
}
