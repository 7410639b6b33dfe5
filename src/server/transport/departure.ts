import type { Departing } from '../../handshake/flow/surroundings.ts';

/** Departure aborts look-ups for a client that has left. Costs nothing while there are none. */
export class Departure implements Departing {
  private controller: AbortController | undefined;
  private seen = false;

  signal(): AbortSignal {
    if (this.seen) return AbortSignal.abort();
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  abort(): void {
    this.seen = true;
    this.controller?.abort();
  }
}
