import type { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DuplexOptions } from 'node:stream';
import { TlsEngine, type TlsEngineOptions } from '../connection/tls-engine.ts';
import type { Trouble } from '../connection/trouble.ts';
import { listeningFact } from '../facts/listening-fact.ts';
import { connectionObserver } from './connection-observer.ts';
import type { LibraryCapture } from './library-capture.ts';
import { AcceptLoop, type AcceptLoopOptions } from './listening/accept-loop.ts';
import { limitsFrom } from './server-options.ts';
import type { ServedOptions, ServerSettings } from './server-settings.ts';
import { disconnected, errorOfTrouble } from './sockets/tls-error.ts';
import type { TlsSocket } from './sockets/tls-socket.ts';
import type { Limits } from './transport/connection-limits.ts';

export interface LibraryLoop<S extends TlsSocket> extends Pick<AcceptLoopOptions<S>, 'listener' | 'createSocket'> {
  /** Emits the events of its connections. */
  readonly server: EventEmitter;
  readonly options: ServedOptions;
  /** Returns the bound address; null while it is not bound. */
  readonly address: () => AddressInfo | string | null;
  readonly settings: ServerSettings;
  readonly capture: LibraryCapture | undefined;
  readonly allowHalfOpen: boolean;
  readonly stream?: Pick<DuplexOptions, 'highWaterMark'>;
  /** Defaults for the limits that the options do not set. */
  readonly limits?: Partial<Limits>;
  /** Channel of the engines; streams unless given. */
  readonly channel?: NonNullable<TlsEngineOptions['channel']>;
}

/** serveLibrary runs the accept loop of a library server, whose sockets have the errors and events of `node:tls`. */
export function serveLibrary<S extends TlsSocket>(library: LibraryLoop<S>): AcceptLoop<S> {
  const { server, options, settings, listener, createSocket, channel, capture } = library;
  const facts = library.settings.facts((fact) => server.emit('fact', fact));
  const keyLog = (line: Buffer, from: TlsSocket) => server.emit('keylog', line, from);
  server.on('listening', () => {
    const bound = library.address();
    if (bound === null || server.listenerCount('fact') === 0) return;
    facts.tell('listening', listeningFact(typeof bound === 'string' ? { path: bound } : bound, settings.current));
  });
  if (capture) {
    server.on('close', () => {
      const lost = capture.close();
      if (lost !== undefined && server.listenerCount('fact') > 0) facts.tell('lost', lost);
    });
  }
  return new AcceptLoop({
    listener,
    createSocket,
    createEngine: ({ connection, observer, ...served }) =>
      new TlsEngine({
        ...served,
        connection,
        settings: settings.current,
        observer: connectionObserver(
          connection,
          [observer, capture?.taps.observer, options.observer],
          server.listenerCount('keylog') > 0 ? keyLog : undefined,
        ),
        ...(channel && { channel }),
      }),
    sockets: {
      limits: { ...library.limits, ...limitsFrom(options) },
      allowHalfOpen: library.allowHalfOpen,
      trouble: 'error',
      requestCert: options.requestCert ?? false,
      ...(library.stream && { stream: library.stream }),
    },
    ...(capture && { tap: (transport) => capture.taps.tap(transport, kindOf(library.address())) }),
    facts: () => (server.listenerCount('fact') > 0 ? facts : undefined),
    onConnection: (socket) => {
      tellOf(socket, server);
      tellEarlyData(socket, server);
    },
  });
}

function kindOf(bound: AddressInfo | string | null): 'unix' | 'internet' {
  return typeof bound === 'string' ? 'unix' : 'internet';
}

/** In a function of its own, as closures keep all variables of their function. */
function tellEarlyData(socket: TlsSocket, server: EventEmitter): void {
  socket.on('earlyData', (chunk: Buffer) => server.emit('earlyData', chunk, socket));
}

function tellOf(socket: TlsSocket, server: EventEmitter): void {
  const refuse = (error: Error) => {
    server.emit('tlsClientError', error, socket);
    socket.destroy();
  };
  const problem = (trouble: Trouble) => refuse(errorOfTrouble(trouble));
  const end = () => refuse(disconnected());
  socket.once('problem', problem);
  socket.once('end', end);
  socket.once('secure', () => {
    socket.off('problem', problem);
    socket.off('end', end);
    server.emit('secureConnection', socket);
  });
}
