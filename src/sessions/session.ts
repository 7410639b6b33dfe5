/**
 * A session as OpenSSL keeps it, with the values that resumption needs and the session texts print. Immutable; every
 * ticket of a TLS 1.3 connection has a session of its own.
 */
export interface Session {
  readonly version: number;
  readonly cipherSuite: number;
  /** Empty for a session without an id, as after a TLS 1.2 handshake that issued a ticket. */
  readonly id: Uint8Array;
  /** The master secret (48 bytes), or the resumption PSK of TLS 1.3. */
  readonly secret: Uint8Array;
  readonly idContext: Uint8Array;
  /** Seconds since 1970. */
  readonly time: number;
  /** Seconds. */
  readonly timeout: number;
  /** DER of the client's certificate. */
  readonly peerCertificate?: Uint8Array;
  /** SubjectPublicKeyInfo of a client that sent a raw public key (RFC 7250). */
  readonly peerPublicKey?: Uint8Array;
  /** Number of the verification result, 0 for ok. */
  readonly verifyResult: number;
  readonly serverName?: string;
  readonly pskIdentityHint?: string;
  readonly pskIdentity?: string;
  readonly srpUsername?: string;
  /** Seconds; 0 when no hint was sent. */
  readonly ticketLifetimeHint: number;
  readonly ticket?: Uint8Array;
  readonly ticketAgeAdd: number;
  /** Id of the compression method, 0 for none. */
  readonly compression: number;
  readonly extendedMasterSecret: boolean;
  readonly maxEarlyData: number;
  readonly alpn?: Uint8Array;
  /** Code of the max_fragment_length extension, 0 for none. */
  readonly maxFragmentLength: number;
  /** Code point of the group of the key exchange, 0 for none. */
  readonly group: number;
}
