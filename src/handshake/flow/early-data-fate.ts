import type { CipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import type { Session } from '../../sessions/session.ts';
import type { Settings } from './settings.ts';

/** Bytes, when early data is not configured. */
const defaultReceiveMax = 16384;

/** Bytes that a rejected record may exceed its content by, as the reference computes it. */
const ciphertextOverhead = 98;

/** Tolerated difference between the ticket ages of both sides, in milliseconds. */
const ageTolerance = 10_000;
/** Rounding error of our clock, which counts seconds, in milliseconds. */
const rounding = 1000;

/** True when tickets are single-use, and are therefore sessions in the store. */
export function singleUseTickets({ earlyData }: Settings): boolean {
  return earlyData !== undefined && earlyData.max > 0 && earlyData.replayGuard !== undefined;
}

/** True when the client's ticket age is close to ours (RFC 8446 section 8.3). `now` is in milliseconds. */
export function isFresh(session: Session, obfuscatedAge: number, now: number): boolean {
  const theirs = (obfuscatedAge - session.ticketAgeAdd) >>> 0;
  const ours = (Math.floor(now / 1000) - session.time) * 1000;
  if (ours < 0 || ours > session.timeout * 1000) return false;
  return theirs <= ours + rounding && theirs + ageTolerance >= ours + rounding;
}

export interface EarlyDataOffer {
  readonly settings: Settings;
  readonly session: Session;
  readonly cipherSuite: CipherSuite;
  readonly alpn: string | undefined;
}

/**
 * True when early data may be accepted under this session: same suite, same application protocol. Age and position of
 * the ticket have been checked before.
 */
export function acceptsEarlyData({ settings, session, cipherSuite, alpn }: EarlyDataOffer): boolean {
  const { earlyData } = settings;
  if (earlyData === undefined || !earlyData.accepts || earlyData.max === 0) return false;
  const sameProtocol = (session.alpn && Buffer.from(session.alpn).toString('latin1')) === alpn;
  return sameProtocol && session.cipherSuite === cipherSuite.code;
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
