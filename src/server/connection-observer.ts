import { joinObservers, type Observer } from '../connection/observer.ts';
import { keyLogLine } from '../keys/key-log-line.ts';
import { ClientHello } from '../messages/client-hello.ts';
import { ContentType } from '../names/content-types.ts';
import type { ServerOptions } from './server-options.ts';
import type { TlsSocket } from './sockets/tls-socket.ts';

/**
 * connectionObserver joins the observers of one library connection: the socket's own, the key log's and the
 * application's.
 */
export function connectionObserver(
  socket: TlsSocket,
  observers: readonly ServerOptions['observer'][],
  keyLog: ((line: Buffer, socket: TlsSocket) => void) | undefined,
): Observer {
  const own: Observer = {
    message: (way, contentType, _version, bytes) => {
      const isHello = way === 'read' && contentType === ContentType.handshake && bytes[0] === ClientHello.type;
      if (isHello) socket.helloReceived(bytes);
    },
  };
  const secrets: Observer | undefined = keyLog && {
    secret: (label, clientRandom, secret) => {
      keyLog(Buffer.from(keyLogLine(label, clientRandom, secret)), socket);
    },
  };
  const given = observers.map((it) => (typeof it === 'function' ? it(socket) : it));
  const all = [own, secrets, ...given].filter((it) => it !== undefined);
  return all.length === 1 ? own : joinObservers(all);
}
