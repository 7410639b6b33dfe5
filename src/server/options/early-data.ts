import type { Settings } from '../../handshake/flow/settings.ts';
import { ReplayGuard } from '../../sessions/replay-guard.ts';
import { integerFrom } from './option-value.ts';

/** Early data of TLS 1.3 (RFC 8446 section 2.3). */
export interface EarlyDataOptions {
  /**
   * Early data of TLS 1.3 clients is accepted and emitted as `earlyData`. Anybody may have recorded it and replay it;
   * see `antiReplay`. False unless given.
   */
  readonly earlyData?: boolean | undefined;
  /** Maximum bytes of early data per connection: 16384 unless given. */
  readonly maxEarlyData?: number | undefined;
  /** With `earlyData` each ticket is valid for one use: true unless given. */
  readonly antiReplay?: boolean | undefined;
  /**
   * Seconds that a client's age of its ticket may differ from ours by in either direction, for early data to be accepted (RFC
   * 8446 section 8.3). Unless given, it may be lower by ten and higher by one.
   */
  readonly earlyDataAgeTolerance?: number | undefined;
}

/** @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION */
export function earlyDataFrom(options: EarlyDataOptions): Pick<Settings, 'earlyData'> {
  const max = integerFrom('maxEarlyData', options.maxEarlyData, { otherwise: 16384, max: 0xffffffff });
  const ageTolerance = ageToleranceFrom(options);
  if (!options.earlyData) return {};
  const replayGuard =
    options.antiReplay === false ? undefined : new ReplayGuard({ capacity: 65536, window: replayWindow });
  return { earlyData: { accepts: true, max, receiveMax: max, replayGuard, ...ageTolerance } };
}

function ageToleranceFrom({ earlyDataAgeTolerance: seconds }: EarlyDataOptions): { readonly ageTolerance?: number } {
  if (seconds === undefined) return {};
  return { ageTolerance: integerFrom('earlyDataAgeTolerance', seconds, { otherwise: 0, max: 3600 }) };
}

/** Milliseconds, longer than a session store takes to forget one session. */
const replayWindow = 60_000;
