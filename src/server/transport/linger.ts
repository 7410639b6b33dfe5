import type { Limits } from './connection-limits.ts';
import type { Transport } from './transport.ts';

/** LastWords handles the peer's input while we wait for its end. */
export interface LastWords {
  data(chunk: Uint8Array): void;
  end(): void;
}

/**
 * linger closes such that the peer can read our last records: it half-closes, then discards input until the peer has
 * closed too or is silent, then closes. Closing a socket with unread data resets the connection, and a reset deletes a
 * final alert that the peer has not read. Calls `done` once, when the transport is closed.
 */
export function linger(transport: Transport, limits: Limits, heard: LastWords, done: () => void): void {
  if (transport.destroyed) {
    done();
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const last = limits.goodbyeTimeout === 0 ? undefined : setTimeout(() => transport.destroy(), limits.goodbyeTimeout);
  const silence = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // While we listen to nobody, the silence is not the peer's.
      if (transport.isPaused()) silence();
      else transport.destroy();
    }, limits.goodbyeSilence);
  };
  transport.removeAllListeners('data');
  transport.removeAllListeners('end');
  transport.removeAllListeners('drain');
  transport.setTimeout(0);
  transport.once('close', () => {
    clearTimeout(timer);
    clearTimeout(last);
    done();
  });
  transport.on('data', (chunk: Uint8Array) => {
    heard.data(chunk);
    if (transport.writableFinished) silence();
  });
  transport.on('end', () => {
    heard.end();
    // Without this the socket would wait for our own end, which a peer that reads nothing delays.
    if (transport.writableFinished) transport.destroy();
    else transport.once('finish', () => transport.destroy());
  });
  transport.resume();
  if (transport.readableEnded) transport.once('finish', () => transport.destroy());
  transport.end(silence);
}

/** closeSoon closes once the transport has sent everything, after `patience` milliseconds at the latest. */
export function closeSoon(transport: Transport, patience: number, done: () => void): void {
  if (transport.destroyed) {
    done();
    return;
  }
  const timer = setTimeout(() => transport.destroy(), patience);
  transport.once('close', () => {
    clearTimeout(timer);
    done();
  });
  transport.destroySoon();
}
