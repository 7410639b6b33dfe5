import type { Server as HttpServer } from 'node:http';
import type { Http2SecureServer, Http2Server } from 'node:http2';
import type { Server } from './server.ts';

/** UpperServer is a server of Node that accepts connections another server has established. */
export type UpperServer = HttpServer | Http2Server | Http2SecureServer;

/**
 * attach serves HTTP over the connections of a TLS server: `attach(http.createServer(handler), createServer(options))`.
 * The HTTP server need not listen itself: it gets `listening` when the TLS server does, because only then does it begin
 * to enforce its time-outs, and it is closed with it. Returns the TLS server.
 */
export function attach<S extends Server>(upper: UpperServer, server: S): S {
  // Node's secure servers use another event for a connection; ALPN then chooses between HTTP/2 and HTTP/1.1.
  const event = 'addContext' in upper ? 'secureConnection' : 'connection';
  const start = () => void upper.emit('listening');
  server.on('secureConnection', (socket) => {
    // Node's HTTP/2 server looks itself up here before it falls back to HTTP/1.1.
    upper.emit(event, Object.assign(socket, { server: upper }));
  });
  if (server.listening) start();
  server.on('listening', start);
  server.on('close', () => {
    upper.close();
  });
  return server;
}
