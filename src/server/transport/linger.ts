import type { Limits } from './limits.ts';
import type { Transport } from './transport.ts';

/** Who still hears what the peer says while we wait for its end. */
export interface LastWords {
  data(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Says goodbye to a peer such that it can read our last words: half-closes, then discards what still comes until the
 * peer has closed too or is silent, then closes. A socket that is closed while data lies unread resets the connection,
 * and a reset takes a final alert away from under the peer. Calls `done` once, when nothing is left.
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
    timer = setTimeout(() => transport.destroy(), limits.goodbyeSilence);
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
    // Without this the socket would wait for our own end, which a peer that reads nothing holds up.
    if (transport.writableFinished) transport.destroy();
    else transport.once('finish', () => transport.destroy());
  });
  transport.resume();
  if (transport.readableEnded) transport.once('finish', () => transport.destroy());
  transport.end(silence);
}

/** Closes once the transport has taken everything, after this many milliseconds of `patience` at the latest. */
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
