import type { Departing } from '../../handshake/flow/surroundings.ts';

/** Departure tells look-ups for a client that it has left. Costs nothing while nothing is looked up. */
export class Departure implements Departing {
  private controller: AbortController | undefined;
  private seen = false;

  signal(): AbortSignal {
    if (this.seen) return AbortSignal.abort();
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  tell(): void {
    this.seen = true;
    this.controller?.abort();
  }
}
