import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ErrorLine } from '../../names/problems.ts';
import { systemFault } from '../../x509/files/store.ts';
import { type ResponderUrl, responderUrl } from '../../x509/ocsp/responder-url.ts';
import { type ProxyChoice, proxyFor } from './http-proxy.ts';
import { BadReply, type ExpectedReply, HttpReplyReader, httpLine } from './http-reply.ts';
import { bracketed, openTunnel } from './http-tunnel.ts';

interface Asking {
  readonly to: ResponderUrl;
  /** Undefined: a direct connection. */
  readonly proxy: ResponderUrl | undefined;
  /** Milliseconds for connecting, sending and reading together. */
  readonly patience: number;
  /** Aborts the exchange at once, as the end of `patience` does. */
  readonly stop?: AbortSignal | undefined;
}

export interface HttpPost extends Asking {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly expected: ExpectedReply;
}

/**
 * httpPost requests one DER structure over HTTP/1.0. The server's certificate is not verified: everything that is
 * fetched has a signature of its own.
 * @throws {BadReply} with the reference's error lines, at the latest when `patience` is over
 */
export async function httpPost({ body, contentType, expected, ...asking }: HttpPost): Promise<Uint8Array> {
  const fields = [`Content-Type: ${contentType}`, `Content-Length: ${body.length}`];
  return exchange(asking, requestOf('POST', asking, fields, body), new HttpReplyReader(expected));
}

export interface HttpGet {
  readonly url: string;
  /** Requests that may still be made, redirections included. Several fetches may share one count. */
  readonly requests: { left: number };
  readonly proxies: ProxyChoice;
  readonly expected: ExpectedReply;
  /** Milliseconds for the whole fetch. */
  readonly patience: number;
  /** Aborts the fetch at once, as the end of `patience` does. */
  readonly stop?: AbortSignal | undefined;
}

/**
 * httpGet fetches one DER structure over HTTP/1.0 and follows redirections, to `http:` only.
 * @throws {BadReply} as for `httpPost`
 */
export async function httpGet({ url, requests, proxies, expected, patience, stop }: HttpGet): Promise<Uint8Array> {
  const deadline = performance.now() + patience;
  let to = plainUrl(url);
  while (requests.left > 0) {
    requests.left--;
    const asking = { to, proxy: proxyFor(to, proxies), patience: Math.max(1, deadline - performance.now()), stop };
    const reader = new HttpReplyReader(expected);
    try {
      return await exchange(asking, requestOf('GET', asking), reader);
    } catch (error) {
      if (reader.location === undefined) throw error;
      to = plainUrl(reader.location, to);
    }
  }
  throw new BadReply(httpLine(115, 'too many redirections', 'redirection_ok'));
}

/** @throws {BadReply} for anything but a URL of plain HTTP */
function plainUrl(text: string, base?: ResponderUrl): ResponderUrl {
  const isPath = base !== undefined && text.startsWith('/');
  const url = responderUrl(isPath ? `${origin(base)}${text}` : text);
  if (url === undefined) throw new BadReply(httpLine(124, 'invalid url scheme', 'OSSL_HTTP_parse_url'));
  if (url.secure) throw new BadReply(httpLine(107, 'tls not enabled', 'OSSL_HTTP_open'));
  return url;
}

async function exchange(asking: Asking, request: Uint8Array, reader: HttpReplyReader): Promise<Uint8Array> {
  const { to, proxy, stop } = asking;
  const near = proxy ?? to;
  if (stop?.aborted) throw new BadReply(transferTimeout);
  const socket = connect({ host: near.host, port: near.port });
  let sockets: Socket[] = [socket];
  const giveUp = () => {
    for (const it of sockets) it.destroy(new BadReply(transferTimeout));
  };
  const timer = setTimeout(giveUp, asking.patience);
  stop?.addEventListener('abort', giveUp);
  try {
    await opened(socket, near);
    if (proxy && to.secure) await openTunnel(socket, to);
    const line = to.secure ? secured(socket, to) : socket;
    sockets = [...sockets, line];
    line.write(request);
    return await receiving(asking, readReply(line, reader));
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', giveUp);
    for (const it of sockets) it.destroy();
  }
}

const transferTimeout = bioLine(105, 'transfer timeout', 'BIO_wait');

function requestOf(
  method: 'GET' | 'POST',
  { to, proxy }: Asking,
  fields: readonly string[] = [],
  body: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const address = proxy && !to.secure ? origin(to) : '';
  const lines = [`${method} ${address}${to.path} HTTP/1.0`, `Host: ${bracketed(to.host)}`, ...fields];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** @throws {BadReply} */
async function opened(socket: Socket, { host, port }: ResponderUrl): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refused = (error: Error) => reject(error instanceof BadReply ? error : notConnected(error, host, port));
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      // The reader gets this error; one after the end of the reply does not matter.
      socket.on('error', () => undefined);
      resolve();
    });
  });
}

/** notConnected reports the last of several addresses. */
function notConnected(error: unknown, host: string, port: number): BadReply {
  const cause: unknown = error instanceof AggregateError ? error.errors.at(-1) : error;
  if (cause instanceof Error && 'syscall' in cause && cause.syscall === 'getaddrinfo') {
    return new BadReply(bioLine(0x80002, 'system lib', 'BIO_lookup_ex', 'Name or service not known'));
  }
  const lines = ([where, call]: readonly [string, string]): ErrorLine[] => [
    systemLine(cause, where, `calling connect(${call})`),
    bioLine(103, 'connect error', where),
  ];
  return new BadReply(...lines(['BIO_connect', '']), ...lines(['conn_state', `${host || '<NULL>'}, ${port}`]));
}

function systemLine(error: unknown, where: string, extra: string): ErrorLine {
  const { errno, text } = isOfSystem(error) ? systemFault(error) : timedOut;
  return { library: 2, reason: errno, text, function: where, extra };
}

/** Node abandons one of several addresses without an error of the system. */
const timedOut = { errno: 110, text: 'Connection timed out' };

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number';
}

/** secured does not verify the server's certificate, as in the reference. */
function secured(socket: Socket, { host }: ResponderUrl): Socket {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const line = connectTls({ socket, rejectUnauthorized: false, ...name });
  line.on('error', () => undefined);
  return line;
}

async function readReply(line: Socket, reader: HttpReplyReader): Promise<Uint8Array> {
  for await (const chunk of line as AsyncIterable<Uint8Array>) {
    const content = reader.push(chunk);
    if (content !== undefined) return content;
  }
  return reader.ended();
}

/** receiving adds the server to every error from here on, except to the end of `patience`. */
async function receiving({ to, proxy }: Asking, reply: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await reply;
  } catch (error) {
    const through = proxy === undefined ? '' : ` proxy=${origin(proxy)}`;
    const extra = `server=${origin(to)}${through}`;
    if (isNoTls(error)) throw new BadReply(...noTlsLines(extra));
    const lines =
      error instanceof BadReply ? error.lines : [httpLine(128, 'failed reading data', 'OSSL_HTTP_REQ_CTX_nbio')];
    if (lines.includes(transferTimeout)) throw error;
    throw new BadReply(...lines, httpLine(103, 'error receiving', 'OSSL_HTTP_REQ_CTX_exchange', extra));
  }
}

function isNoTls(error: unknown): boolean {
  // Node's error code depends on which side fails first.
  return error instanceof Error && /wrong version number/.test(error.message);
}

function noTlsLines(server: string): ErrorLine[] {
  const extra = `${server} : The server does not support (a suitable version of) TLS`;
  return [
    { library: 20, reason: 267, text: 'wrong version number', function: 'ssl3_get_record' },
    httpLine(102, 'error sending', 'OSSL_HTTP_REQ_CTX_exchange', extra),
  ];
}

function origin({ secure, host, port }: ResponderUrl): string {
  return `http${secure ? 's' : ''}://${bracketed(host)}:${port}`;
}

function bioLine(reason: number, text: string, where: string, extra?: string): ErrorLine {
  return { library: 32, reason, text, function: where, ...(extra !== undefined && { extra }) };
}
