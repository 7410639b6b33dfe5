import type { ServerKeyExchange } from '../../messages/server-key-exchange.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { Session } from '../../sessions/session.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import type { Surroundings } from '../flow/surroundings.ts';
import type { SrpLogin } from './srp-login.ts';

/** One run of a key exchange up to TLS 1.2: the server's offer, and the processing of the client's answer. */
export interface KeyExchangeRun {
  /** Set by the PSK methods; undefined without a hint, which may leave no ServerKeyExchange. */
  readonly identityHint?: Uint8Array;
  /** The contents of ServerKeyExchange; undefined for methods without it. */
  readonly params?: NonNullable<ServerKeyExchange['params']>;
  /** The bytes of `params` that are signed if there is a certificate. */
  readonly signedBytes?: Uint8Array;
  readonly group?: Group;
  /** Reads the body of a ClientKeyExchange; a coroutine when a key must be looked up. @throws {Problem} */
  read(flow: Flow, body: Uint8Array): Exchanged | Handshake<Exchanged>;
}

export interface Exchanged {
  readonly premaster: Uint8Array;
  /** Members for the session. */
  readonly session?: Pick<Session, 'pskIdentity' | 'srpUsername'>;
}

export interface KeyExchangeStart {
  /** The source of fresh keys. */
  readonly surroundings: Pick<Surroundings, 'random' | 'keyAgreement'>;
  readonly cipherSuite: CipherSuite;
  readonly sharedGroups: readonly Group[];
  readonly credential: Credential | undefined;
  /** The version field of the ClientHello. */
  readonly clientVersion: number;
  /** Set for the SRP methods only. */
  readonly srpLogin: SrpLogin | undefined;
}
