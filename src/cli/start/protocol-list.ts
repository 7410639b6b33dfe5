import { Stop } from '../output/stop.ts';

/**
 * protocolList returns the names of `-alpn` and `-nextprotoneg`, separated by commas; empty ones are skipped. Names are
 * bytes, one character each.
 * @throws {Stop} silently, as the reference, if no name is left or one is longer than 255 bytes
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
