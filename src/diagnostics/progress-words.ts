import type { Observer } from '../connection/observer.ts';
import type { NoteStreams } from './negotiation-notes.ts';

/**
 * The word that the reference prints with `-nbio` each time that its handshake has to wait for the client: before the
 * first message, and after every flight that is not the last. A renegotiation has none.
 */
export function delays({ out }: Pick<NoteStreams, 'out'>): Observer {
  let waiting = true;
  let finishedSeen = 0;
  return {
    read() {
      if (waiting && finishedSeen < 2) out('DELAY\n');
      waiting = false;
    },
    write() {
      waiting = true;
    },
    message(_way, contentType, _version, bytes) {
      if (contentType === handshake && bytes[0] === finished) finishedSeen++;
    },
  };
}

const handshake = 22;
const finished = 20;
