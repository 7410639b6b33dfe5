import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ConnectionOptions } from 'node:tls';
import type { TlsEngineOptions } from '../src/connection/tls-engine.ts';
import { DatagramWire } from './client-wires.ts';
import { converse, Recorded } from './conversation.ts';
import type { Cleanup } from './program.ts';
import { PskClient } from './psk-client.ts';
import { Ssl3Client, suites } from './ssl3-client.ts';
import { udpSocket } from './udp.ts';

export const question = 'What time is it?\n';
export const answer = 'Time to go.\n';

export type Server = Omit<TlsEngineOptions, 'doors'>;

/** Recording has a client ask an engine, and returns what it said, in the pieces that arrived. */
export type Recording = (server: Server, test: Cleanup) => Promise<readonly Uint8Array[]>;

/** Node's client over a stream. */
export function nodeClient(client: ConnectionOptions): Recording {
  return async (server) => {
    const pieces: Uint8Array[] = [];
    const cut = (bytes: Uint8Array, to: 'server' | 'client') => {
      if (to === 'server') pieces.push(Uint8Array.from(bytes));
      return [bytes];
    };
    await converse({ server, client, question, answer, cut });
    return pieces;
  };
}

export const ssl3Client: Recording = async (server) => {
  const client = new Ssl3Client(new Recorded(server), suites[0]);
  client.hello();
  client.answer();
  client.send(23, Buffer.from(question));
  client.send(21, closeNotify);
  return client.said;
};

/** A client over DTLS 1.2 with a pre-shared key. It says nothing but its handshake. */
export const pskClient: Recording = async (server) => {
  const { engine, sent } = new Recorded(server);
  const said: Uint8Array[] = [];
  const send = (datagram: Uint8Array) => said.push(Uint8Array.from(datagram));
  const client = new PskClient(Buffer.from('0badcafe', 'hex'), new DatagramWire({ room: 1400, now: () => 0, send }));
  client.hello();
  let heard = 0;
  for (let fed = 0; fed < said.length; fed++) {
    engine.feed(said[fed] ?? none);
    while (heard < sent.length) client.receive(sent[heard++] ?? none);
  }
  return said;
};

/** `openssl s_client` over UDP. */
export function datagramClient(...words: readonly string[]): Recording {
  return async (server, test) => {
    const socket = await udpSocket(test);
    const peer = new Recorded(server);
    const said: Uint8Array[] = [];
    const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${socket.address().port}`, ...words]);
    client.stdin.write(question);
    client.stdout.on('data', (text: Buffer) => {
      if (text.includes(answer)) client.stdin.end('Q\n');
    });
    let [heard, answered] = [0, false];
    socket.on('message', (datagram, { port }) => {
      said.push(Uint8Array.from(datagram));
      peer.engine.feed(datagram);
      if (!answered && peer.receivedText === question) answered = peer.engine.write(Buffer.from(answer)) !== undefined;
      while (heard < peer.sent.length) socket.send(peer.sent[heard++] ?? none, port, '127.0.0.1');
    });
    await once(client, 'close');
    return said;
  };
}

const closeNotify = Buffer.of(1, 0);
const none = new Uint8Array(0);
