import { optionNamed } from '../options/index.ts';
import { Stop } from '../output/stop.ts';

/**
 * The first option that asks for something that this platform does not give us. Nothing is silently ignored.
 * @throws {Stop}
 */
export function refuseWhatIsNotPossible(names: readonly string[]): void {
  const refused = names.map(optionNamed).find((row) => row?.platformLacks !== undefined);
  if (refused === undefined) return;
  throw new Stop(`s_server: -${refused.name} is not possible: there is no ${refused.platformLacks}\n`);
}
