import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { latin1 } from '../bytes/hex.ts';
import type { FactWatch } from '../server/listening/fact-watch.ts';
import type { TlsSocket } from '../server/sockets/tls-socket.ts';
import { type AppOptions, announce, outputsFor, serveApp } from './app.ts';

export interface AnsweringOptions extends AppOptions {
  /** Messages are echoed: there is no HTTP over datagrams. */
  readonly datagrams: boolean;
}

/**
 * runAnswering answers each request of HTTP/1.1 and HTTP/2 with 200 and a short text, reads and discards everything else,
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
    onConnection: (socket, _connection, watch) => {
      if (options.datagrams) echo(socket);
      else answer(socket, http, watch);
    },
  });
  await server.ended;
  http.close();
}

function httpServer(): Http2SecureServer {
  const server = createSecureServer({ allowHTTP1: true }, (request, response) => {
    reports.get(request.stream?.session ?? request.socket)?.(request.method, request.url);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(request.method === 'HEAD' ? '' : answerText);
  });
  for (const event of ['sessionError', 'clientError', 'tlsClientError'] as const) server.on(event, () => {});
  return server;
}

const answerText = 'This is serverhello: the connection works.\n';

function echo(socket: TlsSocket): void {
  socket.on('data', (bytes: Uint8Array) => {
    if (!socket.write(bytes)) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
}

function answer(socket: TlsSocket, http: Http2SecureServer, watch: FactWatch | undefined): void {
  socket.once('secure', () => {
    const serve = () => handOver(socket, http, watch);
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

type Report = (method: string, path: string) => void;

/** By the session of HTTP/2, or by the socket. */
const reports = new WeakMap<object, Report>();

/** Node's server looks itself up at the socket before it falls back to HTTP/1.1, and makes a session at once otherwise. */
function handOver(socket: TlsSocket, http: Http2SecureServer, watch: FactWatch | undefined): void {
  const report: Report = (method, path) => watch?.answered(method, path, 200);
  const keep = (session: object) => reports.set(session, report);
  reports.set(socket, report);
  http.once('session', keep);
  http.emit('secureConnection', Object.assign(socket, { server: http }));
  http.off('session', keep);
  socket.resume();
}
