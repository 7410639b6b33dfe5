import { Version } from '../../names/versions.ts';

/** A version by its name in `-min_protocol` and `-max_protocol`; `None` (no bound) is 0, an unknown name undefined. */
export function protocolNamed(word: string): number | undefined {
  return words.get(word);
}

const words = new Map<string, number>([
  ['None', 0],
  ['SSLv3', Version.SSLv3],
  ['TLSv1', Version.TLSv1],
  ['TLSv1.1', Version['TLSv1.1']],
  ['TLSv1.2', Version['TLSv1.2']],
  ['TLSv1.3', Version['TLSv1.3']],
  ['DTLSv1', Version.DTLSv1],
  ['DTLSv1.2', Version['DTLSv1.2']],
]);
