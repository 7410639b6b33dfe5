import type { Settings } from '../../handshake/flow/settings.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';

/** sessionSettings returns the settings of sessions and their ids; the store itself is that of the base settings. */
export function sessionSettings(
  options: Options,
): Pick<Settings, 'sessionIdContext' | 'sessionCache' | 'sessionIdPrefix' | 'resumesEphemeral'> {
  return {
    sessionIdContext: options.context === undefined ? defaultSessionIdContext : Buffer.from(options.context),
    sessionCache: options.no_cache ? 'off' : options.ext_cache ? 'external' : 'internal',
    sessionIdPrefix: Buffer.from(options.id_prefix ?? ''),
    resumesEphemeral: options.no_resume_ephemeral !== true,
  };
}

/** cacheSize is the library's default, unless the program sets one because it keeps the cache itself. */
export function cacheSize(options: Options): number {
  return options.no_cache || options.ext_cache ? 20480 : 128;
}

/** reportIdPrefix reports `-id_prefix` for every context, as the reference does. */
export function reportIdPrefix({ id_prefix: prefix }: Options, output: Output): void {
  if (prefix === undefined) return;
  if (Buffer.byteLength(prefix) >= 32) {
    output.err('warning: id_prefix is too long, only one new session will be possible\n');
  }
  output.err(`id_prefix '${prefix}' set.\n`);
}

/** The number 1 as the reference's machine lays it out in memory. */
const defaultSessionIdContext = Uint8Array.of(1, 0, 0, 0);
