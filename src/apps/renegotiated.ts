import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import type { AskedLine, WebAnswer } from './web-server.ts';

/**
 * renegotiated asks the client for a new handshake, waits for any message of the client, and then answers. A line that
 * followed the request counts as that message, as in the reference: the client's later messages stay unread, and the
 * answer uses the old session.
 */
export async function* renegotiated(
  { socket, followed }: AskedLine,
  { certificate, out }: { readonly certificate: boolean; readonly out: (text: string) => void },
  answer: () => WebAnswer,
): AsyncGenerator<Uint8Array> {
  out(`SSL_renegotiate -> ${asks(socket, certificate) ? 1 : 0}\n`);
  if (!followed) {
    await firstOf(socket, ['idle', 'data', 'end', 'close']);
    yield* answer();
    return;
  }
  const { transport } = socket;
  // While this listens the transport delivers no data, and so the engine sees no hello.
  const hold = () => undefined;
  transport.on('readable', hold);
  try {
    await Promise.race([firstOf(transport, ['readable']), firstOf(socket, ['close'])]);
    yield* answer();
  } finally {
    transport.off('readable', hold);
  }
}

/** asks returns false if renegotiation is impossible: in TLS 1.3, or when it is switched off. */
function asks(socket: TlsSocket, certificate: boolean): boolean {
  try {
    socket.command((engine) => engine.renegotiate(certificate ? { certificate: 'unlessAsked' } : {}));
    return true;
  } catch {
    return false;
  }
}

function firstOf(source: NodeJS.EventEmitter, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const happened = () => {
      for (const event of events) source.off(event, happened);
      resolve();
    };
    for (const event of events) source.on(event, happened);
  });
}
