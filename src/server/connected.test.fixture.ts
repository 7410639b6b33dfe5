import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Listener, listen } from './listening/listener.ts';

export async function localListener(): Promise<Listener> {
  const listener = await listen({ family: 'any', host: '127.0.0.1', port: '0' });
  assert.ok(listener instanceof Listener);
  return listener;
}

/** A client that collects the text it reads. */
export class Client {
  readonly socket: Socket;
  text = '';

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      this.text += bytes.toString('latin1');
    });
  }

  static async of(listener: Listener): Promise<Client> {
    const socket = connect({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new Client(socket);
  }

  send(...parts: (string | number)[]): void {
    this.socket.write(Buffer.concat(parts.map((it) => (typeof it === 'number' ? Buffer.of(it) : Buffer.from(it)))));
  }

  /** reads resolves when the text that was read matches. */
  async reads(what: RegExp): Promise<void> {
    while (!what.test(this.text)) await once(this.socket, 'data');
  }

  async ended(): Promise<void> {
    if (!this.socket.readableEnded && !this.socket.destroyed)
      await Promise.race([once(this.socket, 'end'), once(this.socket, 'close')]);
  }
}
