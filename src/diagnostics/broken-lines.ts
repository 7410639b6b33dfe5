import { hex } from '../bytes/hex.ts';
import type { Observer } from '../connection/observer.ts';
import { problems } from '../names/problems.ts';
import type { NoteStreams } from './handshake/negotiation-notes.ts';

/** `-debug_broken_protocol`: one line for every violation that the conversation goes on after. */
export function brokenLines({ err }: Pick<NoteStreams, 'err'>): Observer {
  return {
    broken(problem, bytes) {
      const shown = hex(bytes.subarray(0, most)).replaceAll(/..(?=.)/g, '$& ');
      const rest = bytes.length > most ? ` ... (${bytes.length} bytes)` : '';
      err(`BROKEN: ${problems[problem].text}${shown === '' ? '' : `: ${shown}`}${rest}\n`);
    },
  };
}

/** Bytes that a line shows. */
const most = 64;
