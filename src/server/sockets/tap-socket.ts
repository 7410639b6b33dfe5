import type { Trouble } from '../../connection/trouble.ts';
import type { TransportTap } from '../transport/transport-tap.ts';
import type { TlsSocket } from './tls-socket.ts';

/** tapSocket reports everything to the tap but the bytes and the peer's FIN, which the engine's driver reports. */
export function tapSocket(socket: TlsSocket, tap: TransportTap): void {
  const { transport } = socket;
  tap.awaitsAnswer = () => socket.engine.awaitsAnswer;
  tap.opened();
  socket.on('problem', (trouble) => {
    const reason = reasonOf(trouble);
    if (reason !== undefined) tap.failed(reason);
  });
  transport.on('finish', () => tap.ended('out'));
  transport.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNRESET' || error.code === 'EPIPE') tap.reset('in');
  });
  // The system sends a FIN for a socket that is closed before it has been ended.
  transport.on('close', () => tap.ended('out'));
}

/** reasonOf returns undefined for a broken transport, which the capture shows anyway. */
function reasonOf(trouble: Trouble): string | undefined {
  switch (trouble.how) {
    case 'failed': {
      const { alert, message } = trouble.problem;
      return alert === undefined ? message : `${message} (alert ${alert})`;
    }
    case 'crashed':
      return `internal error: ${trouble.error.message}`;
    case 'timedOut':
      return `timed out during the ${trouble.during}`;
    case 'lost':
      return undefined;
  }
}
