import { optionNamed } from '../options/index.ts';
import { Stop } from '../output/stop.ts';

/**
 * refuseWhatIsNotPossible refuses the first option that needs a feature this platform lacks. No option is ignored
 * silently.
 * @throws {Stop}
 */
export function refuseWhatIsNotPossible(names: readonly string[]): void {
  const refused = names.map(optionNamed).find((row) => row?.platformLacks !== undefined);
  if (refused === undefined) return;
  throw new Stop(`s_server: -${refused.name} is not possible: there is no ${refused.platformLacks}\n`);
}
