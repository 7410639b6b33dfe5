import { hex } from '../bytes/hex.ts';
import type { Observer } from '../connection/observer.ts';
import { problems } from '../names/problems.ts';
import type { NoteStreams } from './handshake/negotiation-notes.ts';

/** brokenLines prints a line for every tolerated protocol violation (`-debug_broken_protocol`). */
export function brokenLines({ err }: Pick<NoteStreams, 'err'>): Observer {
  return {
    broken(problem, bytes) {
      const shown = hex(bytes.subarray(0, most)).replaceAll(/..(?=.)/g, '$& ');
      const rest = bytes.length > most ? ` ... (${bytes.length} bytes)` : '';
      err(`BROKEN: ${problems[problem].text}${shown === '' ? '' : `: ${shown}`}${rest}\n`);
    },
  };
}

/** Maximum bytes shown on a line. */
const most = 64;
