import type { Observer } from '../connection/observer.ts';
import type { NoteStreams } from './handshake/negotiation-notes.ts';

/**
 * delays prints the reference's line with `-nbio` each time the handshake waits for the client: before the first
 * message, and after every flight but the last. A renegotiation has none. `blocked` is called first.
 */
export function delays({ out }: Pick<NoteStreams, 'out'>, blocked: () => void = () => undefined): Observer {
  let waiting = true;
  let finishedSeen = 0;
  return {
    read() {
      const delayed = waiting && finishedSeen < 2;
      waiting = false;
      if (!delayed) return;
      blocked();
      out(delay);
    },
    write() {
      waiting = true;
    },
    message(_way, contentType, _version, bytes) {
      if (contentType === handshake && bytes[0] === finished) finishedSeen++;
    },
  };
}

/**
 * shortDelays prints the reference's lines with `-nbio_test`, whose socket moves a random number of zero to seven bytes
 * a call: a line for each zero. `draw` returns a number from 0 to 7.
 */
export function shortDelays({ out }: Pick<NoteStreams, 'out'>, draw: () => number): Observer {
  let finishedSeen = 0;
  /** The last flight and its tickets belong to the handshake, although they are written after its messages. */
  let flightWaits = false;
  const move = (bytes: Uint8Array, blocked: string) => {
    for (let left = bytes.length; left > 0; ) {
      const moved = draw();
      if (moved === 0) out(blocked);
      left -= moved;
    }
  };
  return {
    read(bytes) {
      move(bytes, finishedSeen < 2 ? delay : 'Read BLOCK\n');
    },
    write(bytes) {
      move(bytes, flightWaits ? delay : 'Write BLOCK\n');
      flightWaits = false;
    },
    message(way, contentType, _version, bytes) {
      if (contentType === handshake && way === 'write') flightWaits = true;
      if (contentType === handshake && bytes[0] === finished) finishedSeen++;
    },
  };
}

const delay = 'DELAY\n';
const handshake = 22;
const finished = 20;
