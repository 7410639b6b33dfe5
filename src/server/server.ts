import type { Doors, Engine } from '../connection/engine.ts';
import type { Observer } from '../connection/observer.ts';
import type { Departing } from '../handshake/flow.ts';
import type { Backlog } from './backlog.ts';
import type { Limits } from './limits.ts';
import { TlsSocket } from './tls-socket.ts';
import type { Accepting, Transport } from './transport.ts';

/** What an engine is made for. */
export interface ServedConnection {
  readonly doors: Doors;
  readonly observer?: Observer;
  /** The client's address and port. */
  readonly peer: string;
  readonly departure: Departing;
}

export interface ServeOptions {
  readonly listener: Accepting;
  readonly createEngine: (options: ServedConnection) => Engine;
  /** Called before the engine is made; what it returns watches the engine. */
  readonly observe?: (connection: number) => Observer | undefined;
  /** Called after `observe`: where the output about this connection waits, for which it stands still. */
  readonly backlog?: (connection: number) => Backlog | undefined;
  /** `connection` counts from 1. */
  readonly onConnection: (socket: TlsSocket, connection: number) => void;
  readonly limits?: Partial<Limits>;
  /** Stops accepting after so many connections, whether their handshakes succeed or not; 0 for never. */
  readonly acceptCount?: number;
}

/** Serves any number of connections at once. */
export class TlsServer {
  /** Resolves when nothing is listening and the last connection is closed. */
  readonly ended: Promise<void>;
  readonly connections: ReadonlySet<TlsSocket>;
  private readonly options: ServeOptions;
  private readonly sockets = new Set<TlsSocket>();
  private accepted = 0;
  private accepting = true;
  private finish: () => void = () => {};

  constructor(options: ServeOptions) {
    this.options = options;
    this.connections = this.sockets;
    this.ended = new Promise((resolve) => {
      this.finish = resolve;
    });
    options.listener.accept((transport) => this.accept(transport));
  }

  /** Stops accepting; those who are connected are served on. */
  stop(): void {
    this.accepting = false;
    this.options.listener.close();
    this.checkEnd();
  }

  private accept(transport: Transport): void {
    const { options } = this;
    if (!this.accepting) {
      transport.destroy();
      return;
    }
    const connection = ++this.accepted;
    if (connection === options.acceptCount) {
      this.accepting = false;
      options.listener.close();
    }
    try {
      const observer = options.observe?.(connection);
      const backlog = options.backlog?.(connection);
      const socket = new TlsSocket(transport, {
        createEngine: (doors, { peer }, departure) =>
          options.createEngine({ doors, peer, departure, ...(observer && { observer }) }),
        ...(options.limits && { limits: options.limits }),
        ...(backlog && { backlog }),
      });
      this.sockets.add(socket);
      // Who writes to a conversation that is over gets it back by the callback; one connection never ends the others.
      socket.on('error', () => {});
      socket.once('close', () => {
        this.sockets.delete(socket);
        this.checkEnd();
      });
      options.onConnection(socket, connection);
    } catch {
      transport.destroy();
      this.checkEnd();
    }
  }

  private checkEnd(): void {
    if (!this.accepting && this.sockets.size === 0) this.finish();
  }
}
