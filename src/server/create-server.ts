import type { TlsOptions } from 'node:tls';
import type { DatagramServerOptions } from './datagram-options.ts';
import { DatagramServer } from './datagram-server.ts';
import { checkServerOptions } from './option-names.ts';
import { Server } from './server.ts';
import type { ServerOptions } from './server-options.ts';
import type { DtlsSocket } from './sockets/dtls-socket.ts';
import type { TlsSocket } from './sockets/tls-socket.ts';

type Listener<S> = (socket: S) => void;
type DatagramArguments = [options: DatagramServerOptions, listener?: Listener<DtlsSocket> | undefined];
type StreamArguments = [options: ServerOptions | TlsOptions, listener?: Listener<TlsSocket> | undefined];
type Arguments = DatagramArguments | StreamArguments | [listener?: Listener<TlsSocket> | undefined];

/**
 * createServer makes a TLS server in the shape of `node:tls`, or with `datagrams: true` one of DTLS over UDP.
 * `listener` is called for `secureConnection`. Options for `tls.createServer` are accepted unchanged; a `pskCallback`
 * among them gets our socket.
 * @throws {TlsError} for an option that is invalid, refused or unknown
 */
export function createServer(options: DatagramServerOptions, listener?: Listener<DtlsSocket>): DatagramServer;
export function createServer(options: ServerOptions, listener?: Listener<TlsSocket>): Server;
export function createServer(options: TlsOptions, listener?: Listener<TlsSocket>): Server;
export function createServer(listener?: Listener<TlsSocket>): Server;
export function createServer(...given: Arguments): Server | DatagramServer {
  if (asksForDatagrams(given)) return new DatagramServer(...given);
  const [first = {}, second] = given;
  if (typeof first === 'function') return new Server({}, first);
  const options: object = first;
  checkServerOptions(options);
  return new Server(options, second);
}

function asksForDatagrams(given: Arguments): given is DatagramArguments {
  const [options = {}] = given;
  return 'datagrams' in options && options.datagrams === true;
}
