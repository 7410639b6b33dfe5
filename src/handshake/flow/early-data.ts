import type { CipherSuite } from '../../names/cipher-suites.ts';
import { Problem } from '../../names/problems.ts';
import type { Session } from '../../sessions/session.ts';
import type { Settings } from './settings.ts';

/** Bytes, when nothing is said about early data at all. */
const defaultReceiveMax = 16384;

/** What a rejected record may be longer than its content, in bytes, as the reference reckons it. */
const ciphertextOverhead = 98;

/** The difference between the ticket ages of both sides that is tolerated, in milliseconds. */
const ageTolerance = 10_000;
/** Our clock counts seconds: what rounding may take away, in milliseconds. */
const rounding = 1000;

/** Tickets are good for one use, and are therefore sessions in the store. */
export function singleUseTickets({ earlyData }: Settings): boolean {
  return earlyData !== undefined && earlyData.max > 0 && earlyData.replayGuard !== undefined;
}

/**
 * Whether the age that the client gives its ticket is near enough to ours (RFC 8446 section 8.3). `now` is in
 * milliseconds.
 */
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
 * Whether data may be taken that is protected by nothing but this session: same suite, same application protocol. The
 * age and the place of the ticket have been looked at before.
 */
export function acceptsEarlyData({ settings, session, cipherSuite, alpn }: EarlyDataOffer): boolean {
  const { earlyData } = settings;
  if (earlyData === undefined || !earlyData.accepts || earlyData.max === 0) return false;
  const sameProtocol = (session.alpn && Buffer.from(session.alpn).toString('latin1')) === alpn;
  return sameProtocol && session.cipherSuite === cipherSuite.code;
}

/**
 * What becomes of application data before the client's Finished. `accepted`: it is the application's. `undecryptable`:
 * records that do not open are skipped, until one opens. `unwanted`: after a HelloRetryRequest they are skipped as they
 * are, without keys.
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
   * Counts the bytes of a record, as it stands on the wire where it is skipped.
   * @throws {Problem} when it is too much
   */
  take(length: number): void {
    const overhead = this.fate === 'accepted' ? 0 : ciphertextOverhead;
    this.count += length;
    if (this.limit === 0 || this.count > this.limit + overhead)
      throw new Problem('tooMuchEarlyData', 'early_data_count_ok');
  }
}
