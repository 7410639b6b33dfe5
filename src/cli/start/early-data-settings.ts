import type { EarlyDataSettings } from '../../handshake/flow/settings.ts';
import { ReplayGuard } from '../../sessions/replay-guard.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Options } from '../options/index.ts';

/** earlyDataSettings returns the settings of `-early_data` and its companions. */
export function earlyDataSettings(options: Options, { antiReplay }: Configuration): EarlyDataSettings {
  const { early_data: accepts = false, max_early_data: max, recv_max_early_data: receiveMax = usual } = options;
  const replayGuard = antiReplay ? new ReplayGuard({ capacity: 65536, window: rememberedFor }) : undefined;
  return { accepts, max: max ?? (accepts ? usual : 0), receiveMax, replayGuard };
}

/** Bytes. */
const usual = 16384;

/** Milliseconds, longer than a session store takes to forget one session. */
const rememberedFor = 60_000;
