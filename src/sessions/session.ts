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
  readonly peerCertificate?: Uint8Array | undefined;
  /** SubjectPublicKeyInfo of a client that sent a raw public key (RFC 7250). */
  readonly peerPublicKey?: Uint8Array | undefined;
  /** Number of the verification result, 0 for ok. */
  readonly verifyResult: number;
  readonly serverName?: string | undefined;
  readonly pskIdentityHint?: string | undefined;
  readonly pskIdentity?: string | undefined;
  readonly srpUsername?: string | undefined;
  /** Seconds; 0 when no hint was sent. */
  readonly ticketLifetimeHint: number;
  readonly ticket?: Uint8Array | undefined;
  readonly ticketAgeAdd: number;
  /** Id of the compression method, 0 for none. */
  readonly compression: number;
  readonly extendedMasterSecret: boolean;
  readonly maxEarlyData: number;
  readonly alpn?: Uint8Array | undefined;
  /** Code of the max_fragment_length extension, 0 for none. */
  readonly maxFragmentLength: number;
  /** Code point of the group of the key exchange, 0 for none. */
  readonly group: number;
}

/**
 * wholeSession returns a record with all members in one order: stores and idle connections keep sessions, and a record made
 * by spread can have a shape of its own, which takes more memory than its values. The same holds for small Buffers: a
 * copy in the heap of JavaScript takes the third of one outside.
 */
export function wholeSession(session: Session): Session {
  return {
    version: session.version,
    cipherSuite: session.cipherSuite,
    id: Uint8Array.from(session.id),
    secret: Uint8Array.from(session.secret),
    idContext: session.idContext,
    time: session.time,
    timeout: session.timeout,
    peerCertificate: session.peerCertificate,
    peerPublicKey: session.peerPublicKey,
    verifyResult: session.verifyResult,
    serverName: session.serverName,
    pskIdentityHint: session.pskIdentityHint,
    pskIdentity: session.pskIdentity,
    srpUsername: session.srpUsername,
    ticketLifetimeHint: session.ticketLifetimeHint,
    ticket: session.ticket,
    ticketAgeAdd: session.ticketAgeAdd,
    compression: session.compression,
    extendedMasterSecret: session.extendedMasterSecret,
    maxEarlyData: session.maxEarlyData,
    alpn: session.alpn,
    maxFragmentLength: session.maxFragmentLength,
    group: session.group,
  } satisfies { [Member in keyof Required<Session>]: Session[Member] };
}
