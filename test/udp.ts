import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Delivery, Way } from './message-faults.ts';
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
export type Loses = (number: number, datagram: Uint8Array, way: Way) => boolean;

/** Delivers decides what becomes of a datagram. */
export type Delivers = (datagram: Uint8Array, way: Way) => readonly Delivery[];

/** lossyLink forwards to the server all datagrams that are not lost. Returns the port that replaces the server's. */
export async function lossyLink(test: Cleanup, server: number, loses: Loses): Promise<number> {
  const counts = { toServer: 0, toClient: 0 };
  return faultyLink(test, server, (datagram, way) =>
    loses(++counts[way], datagram, way) ? [] : [{ datagram, delay: 0 }],
  );
}

/** faultyLink forwards for one client what `delivers` makes of its datagrams and the server's. Returns its port. */
export async function faultyLink(test: Cleanup, server: number, delivers: Delivers): Promise<number> {
  const [near, far] = [await udpSocket(test), await udpSocket(test)];
  let client = 0;
  let isOpen = true;
  test.after(async () => {
    isOpen = false;
  });
  const pass = (datagram: Uint8Array, way: Way, send: (datagram: Uint8Array) => void) => {
    for (const { datagram: part, delay } of delivers(datagram, way)) {
      if (delay === 0) send(part);
      else setTimeout(() => isOpen && send(part), delay);
    }
  };
  near.on('message', (datagram, { port }) => {
    client = port;
    pass(datagram, 'toServer', (part) => far.send(part, server, '127.0.0.1'));
  });
  far.on('message', (datagram) => pass(datagram, 'toClient', (part) => near.send(part, client, '127.0.0.1')));
  return near.address().port;
}
