import type { Server as HttpServer } from 'node:http';
import type { Http2SecureServer, Http2Server } from 'node:http2';
import type { Server } from './server.ts';

/** A server of Node that takes connections that others have accepted. */
export type UpperServer = HttpServer | Http2Server | Http2SecureServer;

/**
 * Serves HTTP over the connections of a TLS server: `attach(http.createServer(handler), createServer(options))`. The
 * HTTP server need not listen itself; it is told when the TLS server does, because only then it begins to enforce its
 * time-outs, and it is closed with it. Returns the TLS server.
 */
export function attach<S extends Server>(upper: UpperServer, server: S): S {
  // Node's secure servers take a connection under another name; HTTP/2 and HTTP/1.1 are told apart by ALPN then.
  const event = 'addContext' in upper ? 'secureConnection' : 'connection';
  const start = () => void upper.emit('listening');
  server.on('secureConnection', (socket) => {
    // Node's HTTP/2 server looks here for itself before it falls back to HTTP/1.1.
    upper.emit(event, Object.assign(socket, { server: upper }));
  });
  if (server.listening) start();
  server.on('listening', start);
  server.on('close', () => {
    upper.close();
  });
  return server;
}
