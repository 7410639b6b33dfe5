import type { Departing } from '../handshake/flow.ts';

type Sign = Parameters<Departing['signal']>[0];

/** Tells those who look something up for a client that it has left. Costs nothing while nothing is looked up. */
export class Departure implements Departing {
  private ended: AbortController | undefined;
  private closed: AbortController | undefined;
  private seen: Sign | undefined;

  signal(sign: Sign): AbortSignal {
    if (this.seen === 'closed' || this.seen === sign) return AbortSignal.abort();
    this[sign] ??= new AbortController();
    return this[sign].signal;
  }

  /** What is closed has ended too. */
  tell(sign: Sign): void {
    this.seen = sign;
    this.ended?.abort();
    if (sign === 'closed') this.closed?.abort();
  }
}
