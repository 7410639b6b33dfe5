import type { HashName } from '../../crypto/primitives/hash.ts';
import type { TrafficSecret } from '../../keys/schedule13.ts';
import type { Transcript } from '../../keys/transcript.ts';
import type { Extension } from '../../messages/extensions/extension.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Session } from '../../sessions/session.ts';
import type { SessionInfo } from './session-info.ts';

/** The results of a handshake that outlive its coroutine. */
export interface Established {
  readonly info: SessionInfo;
  /** RFC 5705; undefined for labels that TLS uses itself. */
  exportKeyingMaterial(label: string, length: number, context: Uint8Array | undefined): Uint8Array | undefined;
  /** Undefined below TLS 1.3. */
  readonly traffic?: Traffic13;
  /** Undefined unless the client of TLS 1.3 accepts post-handshake certificate requests. */
  readonly later?: LaterAuthentication;
}

/** The state that a post-handshake certificate request needs (RFC 8446 section 4.6.2). */
interface LaterAuthentication {
  /** All messages of the handshake. */
  readonly transcript: Transcript;
  readonly tickets: TicketSource;
  /** Extensions of `-serverinfo` for the request. */
  readonly requestInfo: readonly Extension[];
}

/** The state that a KeyUpdate needs (RFC 8446 section 7.2). */
export interface Traffic13 {
  readonly cipherSuite: CipherSuite;
  readonly hash: HashName;
  readonly clientRandom: Uint8Array;
  readonly client: TrafficSecret;
  readonly server: TrafficSecret;
}

/** The state that the tickets of a TLS 1.3 connection are derived from. */
export interface TicketSource {
  readonly base: Session;
  readonly hash: HashName;
  /** The resumption master secret. */
  readonly resumption: Uint8Array;
  /** Number of tickets sent before on the connection, each with a nonce of its own. */
  readonly sent: number;
  /** Number of tickets to send now. */
  readonly count: number;
  /** Extensions of `-serverinfo` for each ticket. */
  readonly info: readonly Extension[];
  /** The session of the resumed ticket. */
  readonly resumed?: Session;
}
