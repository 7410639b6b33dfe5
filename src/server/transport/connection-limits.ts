/** Limits on the time that a connection may take. All in milliseconds; 0 for ever. */
export interface Limits {
  /** Time from the connection to the end of its handshake. */
  readonly handshakeTimeout: number;
  /** Time without a byte in either direction after the handshake. */
  readonly idleTimeout: number;
  /** Time for a peer, after our goodbye, to read the remaining data and to close. */
  readonly goodbyeTimeout: number;
  /** Silence after which such a peer is disconnected, once it has taken everything. */
  readonly goodbyeSilence: number;
}

export const defaultLimits: Limits = {
  handshakeTimeout: 120_000,
  idleTimeout: 0,
  goodbyeTimeout: 120_000,
  goodbyeSilence: 500,
};

/** A datagram peer leaves without notice: after an hour of silence it is dropped. */
export const datagramLimits: Partial<Limits> = { idleTimeout: 3_600_000 };
