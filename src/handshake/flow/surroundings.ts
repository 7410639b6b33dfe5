import { type KeyAgreement, keyAgreement } from '../../crypto/groups.ts';
import { type Random, randomBytes } from '../../crypto/primitives/random.ts';
import { type PrivateKey, sign } from '../../crypto/signatures.ts';

/**
 * The doors by which time, chance and signatures come into a conversation. With the same of all of them, and the same
 * bytes from the client, the server says the same bytes again. `system` is what there is in earnest.
 */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  /** Fresh bytes: random values, ids, IVs, the exponents of DHE and SRP. */
  readonly random: Random;
  /** The group of this code point, which makes the key pairs of ECDHE and of TLS 1.3; undefined where Node has none. */
  keyAgreement(group: number): KeyAgreement | undefined;
  /** With the scheme of this code point, or without one as TLS up to 1.1 does; ECDSA and PSS have chance in them. */
  sign(scheme: number | undefined, key: PrivateKey, message: Uint8Array): Uint8Array;
  /** The client's address and port, which cookies are bound to. */
  readonly peer?: string;
  /** What the application knows the connection as, for the look-ups of the settings. */
  readonly connection?: object;
  /** Stops look-ups for a client that has left. */
  readonly departure?: Departing;
}

/** Where the client's leaving is noticed. */
export interface Departing {
  /** Fires when the client can send nothing more. */
  signal(): AbortSignal;
}

/** The clock of the machine and the generator of OpenSSL. */
export const system: Surroundings = { now: Date.now, random: randomBytes, keyAgreement, sign };
