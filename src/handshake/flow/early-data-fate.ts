import type { CipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import type { Session } from '../../sessions/session.ts';
import type { Settings } from './settings.ts';

/** Bytes, when early data is not configured. */
const defaultReceiveMax = 16384;

/** Bytes that a rejected record may exceed its content by, as the reference computes it. */
const ciphertextOverhead = 98;

/** Tolerated difference between the ticket ages of both sides where the settings have none, in milliseconds. */
const ageTolerance = 10_000;
/** Rounding error of our clock, which counts seconds, in milliseconds. */
const rounding = 1000;

/** True when tickets are single-use, and are therefore sessions in the store. */
export function singleUseTickets({ earlyData }: Settings): boolean {
  return earlyData !== undefined && earlyData.max > 0 && earlyData.replayGuard !== undefined;
}

/** The age of a ticket as the client tells it, and as we know it. */
export interface TicketAge {
  /** True when both are close to each other (RFC 8446 section 8.3). */
  readonly isFresh: boolean;
  /** Whole seconds that the client's is higher by. */
  readonly skew: number;
}

/** `now` is in milliseconds, `tolerance` is that of the settings. */
export function ticketAge(session: Session, obfuscatedAge: number, now: number, tolerance?: number): TicketAge {
  const theirs = (obfuscatedAge - session.ticketAgeAdd) >>> 0;
  const ours = (Math.floor(now / 1000) - session.time) * 1000;
  const skew = Math.floor(theirs / 1000) - ours / 1000;
  const isClose =
    tolerance === undefined
      ? theirs <= ours + rounding && theirs + ageTolerance >= ours + rounding
      : Math.abs(skew) <= tolerance;
  return { isFresh: isClose && ours >= 0 && ours <= session.timeout * 1000, skew };
}

/** Why early data is accepted or not; given also where the client has none to send. */
export type EarlyDataReason =
  | 'accepted'
  /** The settings allow none. */
  | 'disabled'
  /** The client offered no session. */
  | 'noSession'
  /** The first session that the client offered, the one for early data, was not resumed. */
  | 'notResumed'
  /** The ticket of the session did not allow any. */
  | 'unsupportedForSession'
  /** A HelloRetryRequest was sent. */
  | 'helloRetryRequest'
  | 'notOffered'
  /** The application protocol is another than that of the session. */
  | 'alpnMismatch'
  /** The cipher suite is another than that of the session. */
  | 'cipherSuiteMismatch'
  /** The client's age of the ticket is too far from ours. */
  | 'ticketAgeSkew';

/** A session that was resumed. */
export interface ResumedSession {
  readonly session: Session;
  /** True when it is the first that the client offered. */
  readonly isFirst: boolean;
  /** Undefined for an external key, which has none. */
  readonly age: TicketAge | undefined;
}

/** The facts that the reason depends on. */
export interface EarlyDataQuestion {
  readonly settings: Settings;
  readonly offers: { readonly earlyData?: object | undefined; readonly preSharedKey?: object | undefined };
  /** Undefined in a full handshake. */
  readonly psk: ResumedSession | undefined;
  /** True after a HelloRetryRequest. */
  readonly retried: boolean;
  readonly cipherSuite: CipherSuite;
  readonly chosen: { readonly alpn?: string | undefined };
}

/** Early data needs the suite and the application protocol of its session (RFC 8446 section 4.2.10). */
export function earlyDataReason(question: EarlyDataQuestion): EarlyDataReason {
  const { settings, offers, psk, retried, cipherSuite, chosen } = question;
  const { earlyData } = settings;
  if (earlyData === undefined || !earlyData.accepts || earlyData.max === 0) return 'disabled';
  if (psk === undefined && offers.preSharedKey === undefined) return 'noSession';
  if (!psk?.isFirst) return 'notResumed';
  const isOffered = offers.earlyData !== undefined;
  // The reference accepts an offer that the ticket did not allow, and then not a byte.
  if (psk.session.maxEarlyData === 0 && (settings.strict || !isOffered)) return 'unsupportedForSession';
  if (retried) return 'helloRetryRequest';
  if (!isOffered) return 'notOffered';
  if (protocolOf(psk.session) !== chosen.alpn) return 'alpnMismatch';
  if (psk.session.cipherSuite !== cipherSuite.code) return 'cipherSuiteMismatch';
  return psk.age?.isFresh === false ? 'ticketAgeSkew' : 'accepted';
}

function protocolOf({ alpn }: Session): string | undefined {
  return alpn && Buffer.from(alpn).toString('latin1');
}

/**
 * EarlyData decides the fate of application data before the client's Finished. `accepted`: it is delivered.
 * `undecryptable`: records that do not decrypt are skipped, until one does. `unwanted`: after a HelloRetryRequest
 * encrypted records are skipped unread.
 */
export class EarlyData {
  readonly fate: 'accepted' | 'undecryptable' | 'unwanted';
  private readonly limit: number;
  private count = 0;

  constructor(fate: EarlyData['fate'], { earlyData }: Settings, session?: Session) {
    this.fate = fate;
    const receiveMax = earlyData?.receiveMax ?? defaultReceiveMax;
    this.limit = session === undefined ? receiveMax : Math.min(receiveMax, session.maxEarlyData);
  }

  /**
   * Counts the bytes of a record: of its content, or of its ciphertext when it is skipped.
   * @throws {Problem} above the limit
   */
  take(length: number): void {
    const overhead = this.fate === 'accepted' ? 0 : ciphertextOverhead;
    this.count += length;
    if (this.limit === 0 || this.count > this.limit + overhead)
      throw new Problem('tooMuchEarlyData', 'early_data_count_ok');
  }
}
