import type { Observer } from '../connection/observer.ts';
import { errorLines } from '../diagnostics/error-queue-lines.ts';
import { AcceptLoop, type AcceptLoopOptions } from '../server/listening/accept-loop.ts';
import type { ListenFailure } from '../server/listening/listener.ts';
import { TlsSocket } from '../server/sockets/tls-socket.ts';
import type { Limits } from '../server/transport/connection-limits.ts';
import type { Accepting } from '../server/transport/transport.ts';
import type { Narrator } from './printing/narrator.ts';
import type { Outputs } from './printing/outputs.ts';

/** Options of every app. */
export interface AppOptions {
  readonly listener: Accepting;
  /** Called when clients may connect. */
  readonly announced?: () => void;
  readonly createEngine: AcceptLoopOptions['createEngine'];
  /** Returns the observer of a connection's engine; it prints to that connection's outputs. */
  readonly observe?: (outputs: Outputs) => Observer | undefined;
  /** Returns the tap on a connection's transport. */
  readonly tap?: AcceptLoopOptions['tap'];
  readonly outputs: Outputs;
  /** statistics returns the twelve lines with their present values. */
  readonly statistics: () => string;
  /** `-naccept`; 0 for any number. */
  readonly acceptCount?: number;
  readonly limits?: Partial<Limits>;
  readonly facts?: AcceptLoopOptions['facts'];
  /** Tells people who it was, and why it failed; it hears the facts. */
  readonly narrator?: Narrator;
  /** Called with the accept loop, which it may stop. */
  readonly controls?: (loop: AcceptLoop) => void;
}

/** The output about a connection that begins. `through`: what stands before it. */
export function outputsFor<O extends Outputs>(
  { outputs, narrator }: Pick<AppOptions, 'outputs' | 'narrator'>,
  connection: number,
  through: (outputs: Outputs) => O,
): O {
  const its = through(narrator?.outputsOf(connection) ?? outputs);
  narrator?.printTo(connection, its);
  return its;
}

/** serveApp runs the accept loop for an app. */
export function serveApp(
  { listener, createEngine, tap, acceptCount, limits, facts, narrator, controls }: AppOptions,
  { observe, onConnection, backlog }: Pick<AcceptLoopOptions, 'observe' | 'onConnection' | 'backlog'>,
): AcceptLoop {
  const loop = new AcceptLoop({
    listener,
    createSocket: (transport, options) => new TlsSocket(transport, options),
    createEngine,
    onConnection: (socket, connection, watch) => {
      onConnection(socket, connection, watch);
      narrator?.follow(socket, connection);
    },
    ...(observe && { observe }),
    ...(backlog && { backlog }),
    ...(tap && { tap }),
    ...(acceptCount && { acceptCount }),
    ...(limits && { sockets: { limits } }),
    ...(facts && { facts }),
  });
  controls?.(loop);
  return loop;
}

export function announce({ listener, outputs, announced }: AppOptions): void {
  outputs.out(`${listener.acceptLine}\n`);
  announced?.();
}

/** printListenFailure reports an address that cannot be bound. The reference then exits with 0, as if all were well. */
export function printListenFailure(
  failure: ListenFailure,
  { outputs, statistics }: Pick<AppOptions, 'outputs' | 'statistics'>,
): void {
  outputs.err(errorLines(failure.lines));
  outputs.out(statistics());
}
