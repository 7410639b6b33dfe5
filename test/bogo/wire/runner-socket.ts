import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { NetworkPlan } from '../flags/network.ts';

/** Milliseconds without a byte of the runner, which is then given up. */
const patience = 60_000;
/** Milliseconds for the runner to close its side after ours. */
const lastPatience = 10_000;

/** isGone is true of the errors of a socket whose other side has closed. */
function isGone(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** RunnerSocket is a connection to the runner, which has been told the number of the test. */
export class RunnerSocket {
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  /** @throws when the runner does not accept, or `signal` fires */
  static async open({ host, port, shimId }: NetworkPlan, signal: AbortSignal): Promise<RunnerSocket> {
    const socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    await once(socket, 'connect', { signal });
    // `chunks` and `close` tell of errors; between them nobody else listens.
    socket.on('error', () => {});
    socket.setTimeout(patience, () => socket.destroy(new Error('the runner says nothing')));
    if (shimId !== undefined) {
      const number = Buffer.alloc(8);
      number.writeBigUInt64LE(shimId);
      socket.write(number);
    }
    return new RunnerSocket(socket);
  }

  /** Arriving bytes up to the runner's end. A broken connection counts as ended. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.socket.iterator({ destroyOnReturn: false });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  send(bytes: Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  /** close ends our side, and waits for the runner's end: a reset could overtake our last alert. */
  async close(): Promise<void> {
    const { socket } = this;
    if (socket.destroyed) return;
    socket.removeAllListeners('timeout');
    socket.setTimeout(lastPatience, () => socket.destroy());
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.end();
    socket.resume();
    await closed;
  }
}
