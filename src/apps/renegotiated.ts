import { once } from 'node:events';
import type { TlsSocket } from '../server/tls-socket.ts';
import type { Answer, AskedLine } from './web-server.ts';

/**
 * Asks the client for a new handshake, waits until the client has sent something, whatever that is, and then answers.
 * Like the reference we look at what it sends only where the request was all that we had got: a line that has already
 * come counts as what was waited for, and the page is then sent over the old session, without reading more.
 */
export async function* renegotiated(
  { socket, followed }: AskedLine,
  { certificate, out }: { readonly certificate: boolean; readonly out: (text: string) => void },
  answer: () => Answer,
): AsyncGenerator<Uint8Array> {
  out(`SSL_renegotiate -> ${asks(socket, certificate) ? 1 : 0}\n`);
  const over = new AbortController();
  const { signal } = over;
  const events = ['idle', 'data', 'end', 'close'] as const;
  const sources = followed
    ? [once(socket.transport, 'readable', { signal }), once(socket, 'close', { signal })]
    : events.map((event) => once(socket, event, { signal }));
  // As long as this listens the transport hands over nothing, and so the engine sees no hello.
  const hold = () => undefined;
  if (followed) socket.transport.on('readable', hold);
  try {
    await Promise.race(sources).finally(() => {
      for (const source of sources) source.catch(() => undefined);
      over.abort();
    });
    yield* answer();
  } finally {
    socket.transport.off('readable', hold);
  }
}

/** False where it cannot be asked for: in TLS 1.3, or when it is switched off. */
function asks(socket: TlsSocket, certificate: boolean): boolean {
  try {
    socket.command((engine) => engine.renegotiate({ certificate }));
    return true;
  } catch {
    return false;
  }
}
