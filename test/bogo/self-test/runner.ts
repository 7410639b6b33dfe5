import { on, once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Cleanup } from '../../program.ts';

/** Runner plays the part of the runner that the shim connects to. */
export class Runner {
  private readonly server: Server;
  private readonly sockets: AsyncIterator<[Socket]>;

  private constructor(server: Server) {
    this.server = server;
    this.sockets = on(server, 'connection') as AsyncIterator<[Socket]>;
  }

  static async listen(test: Cleanup, host = '127.0.0.1'): Promise<Runner> {
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
    server.listen(0, host);
    await once(server, 'listening');
    const runner = new Runner(server);
    test.after(async () => {
      server.close();
    });
    return runner;
  }

  /** The flags that every test has. */
  flags(id: bigint): readonly string[] {
    const address = this.server.address();
    return ['-port', String(typeof address === 'object' && address?.port), '-shim-id', String(id), '-server'];
  }

  /** accept returns the next connection of the shim, with the number that it begins with. */
  async accept(): Promise<{ readonly socket: Socket; readonly id: bigint }> {
    const { value } = await this.sockets.next();
    const [socket] = value;
    socket.resume();
    const id = await read(socket, 8);
    return { socket, id: id.readBigUInt64LE() };
  }
}

/** read returns exactly this many bytes. */
export async function read(stream: Readable, length: number): Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length < length) continue;
    stream.unshift(bytes.subarray(length));
    return bytes.subarray(0, length);
  }
  throw new Error(`the shim ended after ${bytes.length} of ${length} bytes`);
}

/**
 * talk begins a TLS connection as its client. `sessions` gets the sessions that the shim offers; `begun` may listen before
 * the handshake is done.
 */
export async function talk(
  socket: Socket,
  options: ConnectionOptions = {},
  sessions: Buffer[] = [],
  begun: (client: TLSSocket) => void = () => {},
): Promise<TLSSocket> {
  const client = connect({ socket, rejectUnauthorized: false, ...options });
  client.on('session', (session) => sessions.push(session));
  begun(client);
  await once(client, 'secureConnect');
  return client;
}

/** leave ends a connection with close_notify, and waits until the shim has ended it too. */
export async function leave(client: TLSSocket): Promise<void> {
  const closed = once(client, 'close');
  client.end();
  client.resume();
  await closed;
}

/** echoed sends a text and returns the answer with its bits inverted again. */
export async function echoed(client: TLSSocket, text: string): Promise<string> {
  client.write(text);
  const answer = await read(client, text.length);
  return Buffer.from(answer.map((byte) => byte ^ 0xff)).toString('latin1');
}
