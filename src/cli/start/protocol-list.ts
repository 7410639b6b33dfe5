import { Stop } from '../output/stop.ts';

/**
 * The names of `-alpn` and `-nextprotoneg`, between commas; empty places do not count. The names are bytes, one
 * character each.
 * @throws {Stop} without a word, as the reference, when no name is left or one is longer than 255 bytes
 */
export function protocolList(argument: string): readonly string[] {
  const bytes = Buffer.from(argument).toString('latin1');
  const names = bytes.split(',').filter((name) => name !== '');
  const fits = bytes.length < maxList && names.every((name) => name.length <= maxName);
  if (names.length === 0 || !fits) throw new Stop('');
  return names;
}

const maxList = 65535;
const maxName = 255;
