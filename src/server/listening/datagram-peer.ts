import { equal } from '../../bytes/hex.ts';
import type { DatagramTransport } from './datagram-transport.ts';

/** One conversation with a peer. */
export interface Association {
  readonly transport: DatagramTransport;
  /** Of the hello that it began with. */
  readonly random: Uint8Array;
}

/**
 * All that one address has with us: an association, and a second one while a hello that begins anew has not led to a
 * finished handshake. Anybody can send an old hello again, so only the finished one ends the other (RFC 6347 section 4.2.8).
 */
export class DatagramPeer {
  private current: Association | undefined;
  private newer: Association | undefined;

  get isGone(): boolean {
    return this.current === undefined && this.newer === undefined;
  }

  /** An association began with this hello. */
  knows(random: Uint8Array): boolean {
    return this.associations.some((it) => equal(it.random, random));
  }

  /**
   * A hello goes to the association that began with it. Everything else goes to both: what the keys of one do not open is
   * passed over there.
   */
  receive(datagram: Uint8Array, random?: Uint8Array): void {
    for (const it of this.associations) {
      if (random === undefined || equal(it.random, random)) it.transport.receive(datagram);
    }
  }

  /** Takes the place of what has not finished a handshake, and stands beside what has. */
  begin(association: Association): void {
    const { current } = this;
    this.newer?.transport.destroy(begunAnew());
    if (current?.transport.isProven) this.newer = association;
    else {
      this.current = association;
      current?.transport.destroy(begunAnew());
    }
  }

  /** The handshake over this transport is finished. */
  proven(transport: DatagramTransport): void {
    const { current, newer } = this;
    if (newer?.transport !== transport) return;
    this.current = newer;
    this.newer = undefined;
    current?.transport.destroy(begunAnew());
  }

  left(transport: DatagramTransport): void {
    if (this.newer?.transport === transport) this.newer = undefined;
    if (this.current?.transport !== transport) return;
    this.current = this.newer;
    this.newer = undefined;
  }

  private get associations(): Association[] {
    return [this.current, this.newer].filter((it) => it !== undefined);
  }
}

/** The code is that of a stream whose peer has lost its state. */
function begunAnew(): Error {
  return Object.assign(new Error('the peer has begun a new association'), { code: 'ECONNRESET' });
}
