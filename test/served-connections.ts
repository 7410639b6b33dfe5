import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import type { TestServer } from '../src/index.ts';

/** reaching returns the options of a client of this process that connects to a test server and trusts it. */
export function reaching(server: TestServer): ConnectionOptions & { readonly port: number } {
  const certificate = server.certificate === undefined ? {} : { ca: server.certificate };
  return { port: server.port, host: '127.0.0.1', servername: 'localhost', ...certificate };
}

/** connected resolves once the handshake is done. */
export async function connected(server: TestServer, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const client = connectTls({ ...reaching(server), ...options });
  await once(client, 'secureConnect');
  return client;
}

/** silent opens connections that send nothing, not even a hello. */
export async function silent(server: TestServer, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect({ port: server.port, host: '127.0.0.1' }));
  for (const socket of sockets) socket.on('error', () => {});
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return sockets;
}

/** visits runs `visit` so often, a few at a time. */
export async function visits(count: number, visit: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async () => {
    while (next < count) await visit(next++);
  };
  await Promise.all(Array.from({ length: 10 }, run));
}
