import { type KeyAgreement, keyAgreement } from '../../crypto/groups.ts';
import { type Random, randomBytes } from '../../crypto/primitives/random.ts';
import { type PrivateKey, sign } from '../../crypto/signatures.ts';

/**
 * Surroundings are the sources of time, randomness and signatures. With equal ones and the same input the server's
 * output is reproducible. `system` is the real one.
 */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  /** Fresh bytes: random values, ids, IVs, the exponents of DHE and SRP. */
  readonly random: Random;
  /**
   * The key agreement of a group by its code point, which generates the key pairs of ECDHE and of TLS 1.3; undefined
   * when Node has none.
   */
  keyAgreement(group: number): KeyAgreement | undefined;
  /**
   * Signs with the scheme of this code point, or without one as TLS up to 1.1 does; ECDSA and PSS signatures are
   * randomized.
   */
  sign(scheme: number | undefined, key: PrivateKey, message: Uint8Array): Uint8Array;
  /** The client's address and port, which cookies cover. */
  readonly peer?: string | undefined;
  /** Our connection id for a DTLS 1.2 client that wants one (RFC 9146), 0 to 20 bytes; undefined: the extension is ignored. */
  readonly connectionId?: Uint8Array | undefined;
  /** The application's object for the connection, passed to the lookups of the settings. */
  readonly connection?: object | undefined;
  /** Cancels lookups when the client disconnects. */
  readonly departure?: Departing | undefined;
}

/** Departing detects that the client disconnects. */
export interface Departing {
  /** A signal that fires when the client can send nothing more. */
  signal(): AbortSignal;
}

/** The clock of the machine and the generator of OpenSSL. */
export const system: Surroundings = { now: Date.now, random: randomBytes, keyAgreement, sign };
