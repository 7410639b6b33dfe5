import type { Observer } from '../connection/observer.ts';
import { errorLines } from '../diagnostics/error-lines.ts';
import { AcceptLoop, type AcceptLoopOptions } from '../server/listening/accept-loop.ts';
import type { ListenFailure } from '../server/listening/listener.ts';
import { TlsSocket } from '../server/sockets/tls-socket.ts';
import type { Limits } from '../server/transport/limits.ts';
import type { Accepting } from '../server/transport/transport.ts';
import type { Outputs } from './outputs.ts';

/** What every app needs to serve. */
export interface AppOptions {
  readonly listener: Accepting;
  /** Called when it has been told that clients may come. */
  readonly announced?: () => void;
  readonly createEngine: AcceptLoopOptions['createEngine'];
  /** What watches a connection's engine; it prints to that connection's outputs. */
  readonly observe?: (outputs: Outputs) => Observer | undefined;
  /** Hears of what a connection's transport carries. */
  readonly tap?: AcceptLoopOptions['tap'];
  readonly outputs: Outputs;
  /** The twelve lines, as they are now. */
  readonly statistics: () => string;
  /** `-naccept`; 0 for any number. */
  readonly acceptCount?: number;
  readonly limits?: Partial<Limits>;
  readonly facts?: AcceptLoopOptions['facts'];
}

/** Serves the listener's connections as the options say. */
export function serve(
  { listener, createEngine, tap, acceptCount, limits, facts }: AppOptions,
  { observe, onConnection, backlog }: Pick<AcceptLoopOptions, 'observe' | 'onConnection' | 'backlog'>,
): AcceptLoop {
  return new AcceptLoop({
    listener,
    createSocket: (transport, options) => new TlsSocket(transport, options),
    createEngine,
    onConnection,
    ...(observe && { observe }),
    ...(backlog && { backlog }),
    ...(tap && { tap }),
    ...(acceptCount && { acceptCount }),
    ...(limits && { sockets: { limits } }),
    ...(facts && { facts }),
  });
}

export function announce({ listener, outputs, announced }: AppOptions): void {
  outputs.out(`${listener.acceptLine}\n`);
  announced?.();
}

/** What is printed when there is no address to listen on. The reference then ends as if all were well, with exit code 0. */
export function printListenFailure(
  failure: ListenFailure,
  { outputs, statistics }: Pick<AppOptions, 'outputs' | 'statistics'>,
): void {
  outputs.err(errorLines(failure.lines));
  outputs.out(statistics());
}
