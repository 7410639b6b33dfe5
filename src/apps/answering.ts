import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { latin1 } from '../bytes/hex.ts';
import type { Asked, Page } from '../report/report-page.ts';
import type { FactWatch } from '../server/listening/fact-watch.ts';
import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import { type AppOptions, announce, outputsFor, serveApp } from './app.ts';

export interface AnsweringOptions extends AppOptions {
  /** Messages are echoed: there is no HTTP over datagrams. */
  readonly datagrams: boolean;
  /** The answer to a request on a connection; undefined: a short text. */
  readonly pageFor?: (connection: number, asked: Asked) => Page | undefined;
}

/**
 * runAnswering answers each request of HTTP/1.1 and HTTP/2 with a page or with a short text, reads and discards everything else,
 * and echoes over datagrams. Resolves when the server has ended.
 */
export async function runAnswering(options: AnsweringOptions): Promise<void> {
  announce(options);
  const http = httpServer();
  let next = options.outputs;
  const server = serveApp(options, {
    observe: (connection) => {
      next = outputsFor(options, connection, (it) => it);
      return options.observe?.(next);
    },
    backlog: () => next.backlog,
    onConnection: (socket, connection, watch) => {
      if (options.datagrams) echo(socket);
      else answer(socket, http, { watch, pageFor: (asked) => options.pageFor?.(connection, asked) });
    },
  });
  await server.ended;
  http.close();
}

function httpServer(): Http2SecureServer {
  const server = createSecureServer({ allowHTTP1: true }, (request, response) => {
    const { method, url: path } = request;
    const { watch, pageFor } = answerers.get(request.stream?.session ?? request.socket) ?? {};
    const { status, headers, body } = pageFor?.({ path, accept: request.headers.accept ?? '' }) ?? shortAnswer;
    watch?.answered(method, path, status);
    response.writeHead(status, headers);
    response.end(method === 'HEAD' ? '' : body);
  });
  for (const event of ['sessionError', 'clientError', 'tlsClientError'] as const) server.on(event, () => {});
  return server;
}

const shortAnswer: Page = {
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: 'This is serverhello: the connection works.\n',
};

function echo(socket: TlsSocket): void {
  socket.on('data', (bytes: Uint8Array) => {
    if (!socket.write(bytes)) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
}

function answer(socket: TlsSocket, http: Http2SecureServer, answerer: Answerer): void {
  socket.once('secure', () => {
    const serve = () => handOver(socket, http, answerer);
    if (socket.alpnProtocol === 'h2') serve();
    else whenHttp(socket, serve);
  });
}

/**
 * The first bytes decide where ALPN has not: a client may speak anything. The method may come in pieces: clients of TLS 1.0
 * put the first byte of what they write into a record of its own, because of CBC.
 */
function whenHttp(socket: TlsSocket, serve: () => void): void {
  let first: Uint8Array = new Uint8Array();
  const end = () => socket.end();
  const look = (bytes: Uint8Array) => {
    first = Buffer.concat([first, bytes]);
    const start = latin1(first.subarray(0, longestMethod + 1));
    if (start.length <= longestMethod && /^[A-Z]*$/.test(start)) return;
    socket.off('data', look);
    if (!/^[A-Z]+ /.test(start)) {
      socket.on('data', () => {});
      return;
    }
    socket.off('end', end);
    socket.pause();
    socket.unshift(first);
    serve();
  };
  socket.once('end', end);
  socket.on('data', look);
}

/** Letters; longer words are no methods. */
const longestMethod = 31;

/** Answers the requests of one connection. */
interface Answerer {
  readonly watch: FactWatch | undefined;
  pageFor(asked: Asked): Page | undefined;
}

/** By the session of HTTP/2, or by the socket. */
const answerers = new WeakMap<object, Answerer>();

/** Node's server looks itself up at the socket before it falls back to HTTP/1.1, and makes a session at once otherwise. */
function handOver(socket: TlsSocket, http: Http2SecureServer, answerer: Answerer): void {
  const keep = (session: object) => answerers.set(session, answerer);
  answerers.set(socket, answerer);
  http.once('session', keep);
  http.emit('secureConnection', Object.assign(socket, { server: http }));
  http.off('session', keep);
  socket.resume();
}
