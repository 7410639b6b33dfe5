import type { Random } from '../crypto/primitives/random.ts';

/**
 * TicketProtection makes tickets of sessions, and sessions of tickets (RFC 5077 section 4, RFC 8446 section 4.6.1). Sessions
 * are bytes, OpenSSL's DER. The handshake waits for a promise; an exception ends it with internal_error.
 */
export interface TicketProtection {
  /** Undefined and empty: the client gets no ticket. `random` draws fresh bytes. */
  seal(session: Uint8Array, random: Random): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Undefined for a ticket that is not ours, or too old: a full handshake follows. */
  open(ticket: Uint8Array): OpenedTicket | undefined | Promise<OpenedTicket | undefined>;
}

export interface OpenedTicket {
  readonly session: Uint8Array;
  /** True when the client should get a new ticket in exchange; in TLS 1.3 it does anyway. */
  readonly renew?: boolean;
}
