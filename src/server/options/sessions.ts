import { randomBytes } from '../../crypto/primitives/random.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { TicketKeys } from '../../sessions/ticket-keys.ts';
import type { TicketProtection } from '../../sessions/ticket-protection.ts';
import { TlsError } from '../sockets/tls-error.ts';
import { checked, integerFrom } from './option-value.ts';

/** Options of sessions and their tickets. */
export interface SessionOptions {
  /** Seconds that a session may be resumed: 300 unless given. */
  readonly sessionTimeout?: number | undefined;
  /** Name shared by the contexts that may resume each other's sessions; at most 32 bytes. */
  readonly sessionIdContext?: string | undefined;
  /** The name and keys that seal tickets, 48 bytes as in `node:tls` or 80; fresh ones unless given. */
  readonly ticketKeys?: Uint8Array | undefined;
  /**
   * Seals sessions into tickets and opens them, instead of `ticketKeys`: with keys that other servers have too, or by a
   * service.
   */
  readonly ticketProtection?: TicketProtection | undefined;
  /** Sessions are issued as tickets rather than stored by id: true unless given. */
  readonly tickets?: boolean | undefined;
  /** Number of tickets after a full TLS 1.3 handshake: 2 unless given. */
  readonly ticketCount?: number | undefined;
  /** Maximum number of sessions stored for resumption by id: 20480 unless given. */
  readonly sessionCacheSize?: number | undefined;
}

type SessionSettings = Pick<
  Settings,
  'sessionTimeout' | 'sessionIdContext' | 'ticketKeys' | 'tickets' | 'ticketCount' | 'resumesOnRenegotiation'
>;

/** @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION */
export function sessionsFrom(options: SessionOptions): SessionSettings {
  const { sessionTimeout, ticketCount } = options;
  return {
    sessionTimeout: integerFrom('sessionTimeout', sessionTimeout, { otherwise: 300, max: 0x7fffffff }),
    sessionIdContext: sessionIdContextFrom(options),
    ticketKeys: ticketKeysFrom(options),
    tickets: options.tickets ?? true,
    ticketCount: integerFrom('ticketCount', ticketCount, { otherwise: 2, max: 255 }),
    // A resumed session requests no certificate, which is the application's reason to renegotiate.
    resumesOnRenegotiation: false,
  };
}

function ticketKeysFrom({ ticketKeys, ticketProtection }: SessionOptions): TicketProtection {
  if (ticketProtection === undefined) return checked('ticketKeys', () => new TicketKeys(randomBytes, ticketKeys));
  if (ticketKeys === undefined) return ticketProtection;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'ticketKeys and ticketProtection exclude each other');
}

/** @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION */
export function cacheSizeFrom({ sessionCacheSize }: SessionOptions): number {
  return integerFrom('sessionCacheSize', sessionCacheSize, { otherwise: 20480, max: 0x7fffffff });
}

function sessionIdContextFrom({ sessionIdContext = 'serverhello' }: SessionOptions): Uint8Array {
  const bytes = Buffer.from(sessionIdContext);
  if (bytes.length <= 32) return bytes;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'sessionIdContext: longer than 32 bytes');
}
