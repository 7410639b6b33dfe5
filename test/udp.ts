import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Cleanup } from './program.ts';

/** udpSocket is on a free port of this machine and closed at the end of the test. */
export async function udpSocket(test: Cleanup): Promise<Socket> {
  const socket = createSocket('udp4');
  test.after(async () => {
    socket.close();
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** Loses decides which datagrams of one direction are lost; they are counted from 1. */
export type Loses = (number: number, datagram: Uint8Array, way: 'toServer' | 'toClient') => boolean;

/** lossyLink forwards to the server all datagrams that are not lost. Returns the port that replaces the server's. */
export async function lossyLink(test: Cleanup, server: number, loses: Loses): Promise<number> {
  const [near, far] = [await udpSocket(test), await udpSocket(test)];
  const counts = { toServer: 0, toClient: 0 };
  let client = 0;
  near.on('message', (datagram, { port }) => {
    client = port;
    if (!loses(++counts.toServer, datagram, 'toServer')) far.send(datagram, server, '127.0.0.1');
  });
  far.on('message', (datagram) => {
    if (!loses(++counts.toClient, datagram, 'toClient')) near.send(datagram, client, '127.0.0.1');
  });
  return near.address().port;
}
