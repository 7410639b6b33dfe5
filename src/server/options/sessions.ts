import { randomBytes } from '../../crypto/primitives/random.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { TicketKeys } from '../../sessions/ticket-keys.ts';
import { TlsError } from '../sockets/tls-error.ts';
import { checked, integerFrom } from './option-value.ts';

/** Sessions, and the tickets that they are given out as. */
export interface SessionOptions {
  /** Seconds that a session may be resumed: 300 unless given. */
  readonly sessionTimeout?: number | undefined;
  /** Of all contexts whose sessions may be resumed in each other; at most 32 bytes. */
  readonly sessionIdContext?: string | undefined;
  /** Name and keys that seal tickets, 48 bytes as in `node:tls` or 80; fresh ones unless given. */
  readonly ticketKeys?: Uint8Array | undefined;
  /** Whether sessions are given out as tickets, or kept here under a name: true unless given. */
  readonly tickets?: boolean | undefined;
  /** Tickets after a full TLS 1.3 handshake: 2 unless given. */
  readonly ticketCount?: number | undefined;
  /** Sessions that are kept at most for those who resume by name: 20480 unless given. */
  readonly sessionCacheSize?: number | undefined;
}

type SessionSettings = Pick<
  Settings,
  'sessionTimeout' | 'sessionIdContext' | 'ticketKeys' | 'tickets' | 'ticketCount' | 'resumesOnRenegotiation'
>;

/** @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION */
export function sessionsFrom(options: SessionOptions): SessionSettings {
  const { ticketKeys, sessionTimeout, ticketCount } = options;
  return {
    sessionTimeout: integerFrom('sessionTimeout', sessionTimeout, { otherwise: 300, max: 0x7fffffff }),
    sessionIdContext: sessionIdContextFrom(options),
    ticketKeys: checked('ticketKeys', () => new TicketKeys(randomBytes, ticketKeys)),
    tickets: options.tickets ?? true,
    ticketCount: integerFrom('ticketCount', ticketCount, { otherwise: 2, max: 255 }),
    // A resumed session asks nobody for a certificate, and that is what an application renegotiates for.
    resumesOnRenegotiation: false,
  };
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
