import type { Doors, Engine } from '../../connection/engine.ts';
import { joinObservers, type Observer } from '../../connection/observer.ts';
import type { FactStream } from '../../facts/fact-stream.ts';
import type { Departing } from '../../handshake/flow/surroundings.ts';
import { tapSocket } from '../sockets/tap-socket.ts';
import type { TlsSocket, TlsSocketOptions } from '../sockets/tls-socket.ts';
import type { Backlog } from '../transport/backlog.ts';
import type { Accepting, Transport } from '../transport/transport.ts';
import type { TransportTap } from '../transport/transport-tap.ts';
import { FactWatch } from './fact-watch.ts';

/** ServedConnection is the input to an engine's constructor. */
interface ServedConnection {
  readonly doors: Doors;
  readonly observer?: Observer;
  readonly connection: TlsSocket;
  /** The client's address and port. */
  readonly peer: string;
  readonly departure: Departing;
  /** Ours, where the client may have one (RFC 9146). */
  readonly connectionId?: Uint8Array;
}

export interface AcceptLoopOptions<S extends TlsSocket = TlsSocket> {
  readonly listener: Pick<Accepting, 'accept' | 'close'>;
  readonly createSocket: (transport: Transport, options: TlsSocketOptions) => S;
  readonly createEngine: (served: ServedConnection) => Engine;
  /** Options of every socket. With `trouble: 'error'` an exception during `accept` goes on to the caller. */
  readonly sockets?: Omit<TlsSocketOptions, 'createEngine'>;
  /** Called before the engine is made; the returned observer watches the engine. */
  readonly observe?: (connection: number) => Observer | undefined;
  /** Returns the tap on the transport of a new connection. */
  readonly tap?: (transport: Transport) => TransportTap | undefined;
  /**
   * Called after `observe`; returns the backlog of the output about this connection, which pauses while that is full.
   */
  readonly backlog?: (connection: number) => Backlog | undefined;
  /** Called for each new connection; returns the stream for its facts, undefined without a listener. */
  readonly facts?: () => FactStream | undefined;
  /** `connection` counts from 1. `watch` emits its facts. */
  readonly onConnection: (socket: S, connection: number, watch: FactWatch | undefined) => void;
  /** Connections after which accepting stops, whether their handshakes succeed or not; 0 for never. */
  readonly acceptCount?: number;
}

/**
 * AcceptLoop serves any number of connections at once, over streams or datagrams, for the program and for the library.
 */
export class AcceptLoop<S extends TlsSocket = TlsSocket> {
  /** Resolves when the listener and the last connection are closed. */
  readonly ended: Promise<void>;
  readonly connections: ReadonlySet<S>;
  private readonly options: AcceptLoopOptions<S>;
  private readonly sockets = new Set<S>();
  private accepted = 0;
  private accepting = true;
  private finish: () => void = () => {};

  constructor(options: AcceptLoopOptions<S>) {
    this.options = options;
    this.connections = this.sockets;
    this.ended = new Promise((resolve) => {
      this.finish = resolve;
    });
    options.listener.accept((transport) => this.accept(transport));
  }

  /** stop accepts no more connections; the existing ones are still served. */
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
      const facts = options.facts?.();
      const watch = facts && new FactWatch(facts, connection, transport);
      const observer = watched(options.observe?.(connection), watch);
      const backlog = options.backlog?.(connection);
      const tap = options.tap?.(transport);
      const socket = options.createSocket(transport, {
        ...options.sockets,
        ...(backlog && { backlog }),
        ...(tap && { tap }),
        createEngine: (doors, connection, departure) =>
          options.createEngine({
            ...{ doors, connection, peer: connection.peer, departure },
            ...(observer && { observer }),
            ...(transport.connectionId && { connectionId: transport.connectionId }),
          }),
      });
      if (tap) tapSocket(socket, tap);
      watch?.follow(socket);
      this.keep(socket);
      options.onConnection(socket, connection, watch);
    } catch (error) {
      transport.destroy();
      this.checkEnd();
      if (options.sockets?.trouble === 'error') throw error;
    }
  }

  private keep(socket: S): void {
    this.sockets.add(socket);
    // A write to an ended conversation fails by its callback; one connection never ends the others.
    socket.on('error', ignore);
    socket.once('secure', () => socket.transport.proven?.());
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.checkEnd();
    });
  }

  private checkEnd(): void {
    if (!this.accepting && this.sockets.size === 0) this.finish();
  }
}

function ignore(): void {}

/** watched puts the facts before the output about them. */
function watched(observer: Observer | undefined, watch: FactWatch | undefined): Observer | undefined {
  if (watch === undefined) return observer;
  return observer === undefined ? watch.observer : joinObservers([watch.observer, observer]);
}
