import type { HashName } from '../crypto/hash.ts';
import type { TrafficSecret } from '../keys/schedule13.ts';
import type { CipherSuite } from '../names/cipher-suites.ts';
import type { SessionInfo } from './session-info.ts';

/** What stays of a handshake when its coroutine is gone. */
export interface Established {
  readonly info: SessionInfo;
  /** RFC 5705; undefined for labels that TLS uses itself. */
  exportKeyingMaterial(label: string, length: number, context: Uint8Array | undefined): Uint8Array | undefined;
  /** The client's and the server's verify_data, which a renegotiation refers to (RFC 5746); empty in TLS 1.3. */
  readonly finished: Uint8Array;
  /** Undefined below TLS 1.3. */
  readonly traffic?: Traffic13;
}

/** What a KeyUpdate starts from (RFC 8446 section 7.2). */
export interface Traffic13 {
  readonly cipherSuite: CipherSuite;
  readonly hash: HashName;
  readonly clientRandom: Uint8Array;
  readonly client: TrafficSecret;
  readonly server: TrafficSecret;
}
