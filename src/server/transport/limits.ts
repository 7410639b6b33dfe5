/** How long a connection may make us wait. All in milliseconds; 0 for ever. */
export interface Limits {
  /** From the connection to the end of its handshake. */
  readonly handshakeTimeout: number;
  /** Without a byte in either direction after the handshake. */
  readonly idleTimeout: number;
  /** For a peer that we are done with to take what is still on its way to it and to close. */
  readonly goodbyeTimeout: number;
  /** Silence after which such a peer is cut off, once it has taken everything. */
  readonly goodbyeSilence: number;
}

export const defaultLimits: Limits = {
  handshakeTimeout: 120_000,
  idleTimeout: 0,
  goodbyeTimeout: 120_000,
  goodbyeSilence: 500,
};

/** On datagrams a peer that has gone says nothing of it: after an hour of silence it counts as gone. */
export const datagramLimits: Partial<Limits> = { idleTimeout: 3_600_000 };
