import type { HashName } from '../../crypto/primitives/hash.ts';
import type { TrafficSecret } from '../../keys/schedule13.ts';
import type { Transcript } from '../../keys/transcript.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Session } from '../../sessions/session.ts';
import type { SessionInfo } from './session-info.ts';

/** What stays of a handshake when its coroutine is gone. */
export interface Established {
  readonly info: SessionInfo;
  /** RFC 5705; undefined for labels that TLS uses itself. */
  exportKeyingMaterial(label: string, length: number, context: Uint8Array | undefined): Uint8Array | undefined;
  /** Undefined below TLS 1.3. */
  readonly traffic?: Traffic13;
  /** Undefined unless the client of TLS 1.3 lets us ask for its certificate later. */
  readonly later?: LaterAuthentication;
}

/** What a request for a certificate after the handshake starts from (RFC 8446 section 4.6.2). */
export interface LaterAuthentication {
  /** All messages of the handshake. */
  readonly transcript: Transcript;
  readonly tickets: TicketSource;
  /** What `-serverinfo` adds to the request. */
  readonly requestInfo: readonly Extension[];
}

/** What a KeyUpdate starts from (RFC 8446 section 7.2). */
export interface Traffic13 {
  readonly cipherSuite: CipherSuite;
  readonly hash: HashName;
  readonly clientRandom: Uint8Array;
  readonly client: TrafficSecret;
  readonly server: TrafficSecret;
}

/** What the tickets of a TLS 1.3 connection are made from. */
export interface TicketSource {
  readonly base: Session;
  readonly hash: HashName;
  /** The resumption master secret. */
  readonly resumption: Uint8Array;
  /** Tickets that the connection has sent before, each with a nonce of its own. */
  readonly sent: number;
  /** Tickets that are due now. */
  readonly count: number;
  /** What `-serverinfo` adds to each. */
  readonly info: readonly Extension[];
  /** The session of the ticket that has been resumed. */
  readonly resumed?: Session;
}
