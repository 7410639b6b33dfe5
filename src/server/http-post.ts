import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { latin1 } from '../bytes/hex.ts';
import type { ErrorLine } from '../names/problems.ts';
import type { ResponderUrl } from '../x509/ocsp/responder-url.ts';
import { systemFault } from '../x509/store.ts';
import { BadReply, HttpReplyReader, httpLine } from './http-reply.ts';

export interface HttpPost {
  readonly to: ResponderUrl;
  /** Undefined: straight to the server. */
  readonly proxy: ResponderUrl | undefined;
  readonly body: Uint8Array;
  readonly contentType: string;
  /** In lower case. */
  readonly expectedType: string;
  /** Milliseconds that connecting, asking and reading may take together. */
  readonly patience: number;
}

/**
 * Asks over HTTP/1.0 for one DER structure. The server's certificate is not looked at: whatever is fetched has its own
 * signature.
 * @throws {BadReply} with the reference's lines, at the latest when the patience is over
 */
export async function httpPost(post: HttpPost): Promise<Uint8Array> {
  const { to, proxy } = post;
  const near = proxy ?? to;
  const socket = connect({ host: near.host, port: near.port });
  let sockets: Socket[] = [socket];
  const timer = setTimeout(() => {
    for (const it of sockets) it.destroy(new BadReply(transferTimeout));
  }, post.patience);
  try {
    await opened(socket, near);
    if (proxy && to.secure) await openTunnel(socket, to);
    const line = to.secure ? secured(socket, to) : socket;
    sockets = [...sockets, line];
    line.write(requestOf(post));
    return await receiving(post, readReply(line, new HttpReplyReader(post.expectedType)));
  } finally {
    clearTimeout(timer);
    for (const it of sockets) it.destroy();
  }
}

const transferTimeout = bioLine(105, 'transfer timeout', 'BIO_wait');

function requestOf({ to, proxy, body, contentType }: HttpPost): Uint8Array {
  const address = proxy && !to.secure ? `http://${bracketed(to.host)}:${to.port}` : '';
  const lines = [
    `POST ${address}${to.path} HTTP/1.0`,
    `Host: ${bracketed(to.host)}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

/** @throws {BadReply} */
async function opened(socket: Socket, { host, port }: ResponderUrl): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refused = (error: Error) => reject(error instanceof BadReply ? error : notConnected(error, host, port));
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      // Whoever reads is told; a fault behind the end of the reply is nobody's.
      socket.on('error', () => undefined);
      resolve();
    });
  });
}

/** Of several addresses the last one counts. */
function notConnected(error: unknown, host: string, port: number): BadReply {
  const cause: unknown = error instanceof AggregateError ? error.errors.at(-1) : error;
  if (cause instanceof Error && 'syscall' in cause && cause.syscall === 'getaddrinfo') {
    return new BadReply(bioLine(0x80002, 'system lib', 'BIO_lookup_ex', 'Name or service not known'));
  }
  const lines = ([where, call]: readonly [string, string]): ErrorLine[] => [
    systemLine(cause, where, `calling connect(${call})`),
    bioLine(103, 'connect error', where),
  ];
  return new BadReply(...lines(['BIO_connect', '']), ...lines(['conn_state', `${host}, ${port}`]));
}

function systemLine(error: unknown, where: string, extra: string): ErrorLine {
  const { errno, text } = isOfSystem(error) ? systemFault(error) : timedOut;
  return { library: 2, reason: errno, text, function: where, extra };
}

/** Node gives up an address of several without asking the system. */
const timedOut = { errno: 110, text: 'Connection timed out' };

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number';
}

/** The server's certificate stays unseen, as in the reference. */
function secured(socket: Socket, { host }: ResponderUrl): Socket {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const line = connectTls({ socket, rejectUnauthorized: false, ...name });
  line.on('error', () => undefined);
  return line;
}

/** RFC 9110 section 9.3.6. @throws {BadReply} */
async function openTunnel(socket: Socket, { host, port }: ResponderUrl): Promise<void> {
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

/** Up to its empty line; nothing behind it is taken from the socket. @throws {BadReply} */
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

async function readReply(line: Socket, reader: HttpReplyReader): Promise<Uint8Array> {
  for await (const chunk of line as AsyncIterable<Uint8Array>) {
    const content = reader.push(chunk);
    if (content !== undefined) return content;
  }
  return reader.ended();
}

/** What goes wrong from here on says with whom; but for the end of patience. */
async function receiving({ to, proxy }: HttpPost, reply: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await reply;
  } catch (error) {
    const lines =
      error instanceof BadReply ? error.lines : [httpLine(128, 'failed reading data', 'OSSL_HTTP_REQ_CTX_nbio')];
    if (lines.includes(transferTimeout)) throw error;
    const through = proxy === undefined ? '' : ` proxy=${origin(proxy)}`;
    const extra = `server=${origin(to)}${through}`;
    throw new BadReply(...lines, httpLine(103, 'error receiving', 'OSSL_HTTP_REQ_CTX_exchange', extra));
  }
}

function origin({ secure, host, port }: ResponderUrl): string {
  return `http${secure ? 's' : ''}://${host}:${port}`;
}

function bioLine(reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library: 32, reason, text, function: where, ...(extra !== undefined && { extra }) };
}
