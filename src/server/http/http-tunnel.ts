import { isIP, type Socket } from 'node:net';
import { latin1 } from '../../bytes/hex.ts';
import type { ResponderUrl } from '../../x509/ocsp/responder-url.ts';
import { BadReply, httpLine } from './http-reply.ts';

/** openTunnel asks a proxy for a tunnel (RFC 9110 section 9.3.6). @throws {BadReply} */
export async function openTunnel(socket: Socket, { host, port }: ResponderUrl): Promise<void> {
  socket.write(`CONNECT ${bracketed(host)}:${port} HTTP/1.0\r\nProxy-Connection: Keep-Alive\r\n\r\n`);
  const head = await tunnelReply(socket);
  const [, status = '', reason = ''] = /^HTTP\/1\.\S*\s+(\d+)\s*([^\r\n]*)/.exec(head) ?? [];
  if (status.startsWith('2')) return;
  const extra = status === '' ? undefined : `reason= ${status} ${reason}`.replace(/[^\x20-\x7e]/g, ' ');
  const where = 'OSSL_HTTP_proxy_connect';
  throw new BadReply(
    extra === undefined
      ? httpLine(126, 'header parse error', where)
      : httpLine(100, 'connect failure', where, extra.substring(0, 200)),
  );
}

/** tunnelReply reads the reply up to its empty line and nothing after it. @throws {BadReply} */
async function tunnelReply(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = '';
    const fail = (error: BadReply) => {
      socket.off('readable', read);
      reject(error);
    };
    const read = () => {
      for (let byte: unknown = socket.read(1); byte instanceof Uint8Array; byte = socket.read(1)) {
        head += latin1(byte);
        if (head.length > maxTunnelReply) return fail(new BadReply(connectFailure));
        if (!/\n\r?\n$/.test(head)) continue;
        socket.off('readable', read);
        resolve(head);
        return;
      }
    };
    socket.on('readable', read);
    socket.once('end', () => fail(new BadReply(connectFailure)));
    socket.once('close', () => fail(new BadReply(connectFailure)));
    socket.once('error', (error) => fail(error instanceof BadReply ? error : new BadReply(connectFailure)));
  });
}

/** Bytes. */
const maxTunnelReply = 8192;
const connectFailure = httpLine(100, 'connect failure', 'OSSL_HTTP_proxy_connect');

/** bracketed returns a host as it stands in a URL and in the Host field. */
export function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
