import type { ServerKeyExchange } from '../../messages/server-key-exchange.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { Session } from '../../sessions/session.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import type { Surroundings } from '../flow/surroundings.ts';
import type { SrpLogin } from './srp-login.ts';

/** One run of a key exchange up to TLS 1.2: what the server offers, and what the client's answer leads to. */
export interface KeyExchangeRun {
  /** Of the PSK methods; undefined where no hint is said, which may mean that there is no ServerKeyExchange. */
  readonly identityHint?: Uint8Array;
  /** What ServerKeyExchange says; undefined where the method has none. */
  readonly params?: NonNullable<ServerKeyExchange['params']>;
  /** The bytes of `params`, where they are signed if there is a certificate. */
  readonly signedBytes?: Uint8Array;
  readonly group?: Group;
  /**
   * Reads the body of a ClientKeyExchange; a coroutine where a key has to be asked for.
   * @throws {Problem}
   */
  read(flow: Flow, body: Uint8Array): Exchanged | Handshake<Exchanged>;
}

export interface Exchanged {
  readonly premaster: Uint8Array;
  /** What the session remembers of it. */
  readonly session?: Pick<Session, 'pskIdentity' | 'srpUsername'>;
}

export interface KeyExchangeStart {
  /** Where fresh keys come from. */
  readonly surroundings: Pick<Surroundings, 'random' | 'keyAgreement'>;
  readonly cipherSuite: CipherSuite;
  readonly sharedGroups: readonly Group[];
  readonly credential: Credential | undefined;
  /** The version field of the ClientHello. */
  readonly clientVersion: number;
  /** With the SRP methods only. */
  readonly srpLogin: SrpLogin | undefined;
}
