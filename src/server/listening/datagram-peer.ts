import { equal } from '../../bytes/hex.ts';
import type { DatagramTransport } from './datagram-transport.ts';

/** Association is one conversation with a peer. */
export interface Association {
  readonly transport: DatagramTransport;
  /** The random of its first ClientHello. */
  readonly random: Uint8Array;
}

/**
 * DatagramPeer holds the associations of one address: the current one, and a second one while a new ClientHello has not
 * led to a finished handshake. Anybody can replay an old hello, so only a finished handshake ends the other association
 * (RFC 6347 section 4.2.8).
 */
export class DatagramPeer {
  private current: Association | undefined;
  private newer: Association | undefined;

  get isGone(): boolean {
    return this.current === undefined && this.newer === undefined;
  }

  /** knows reports whether an association began with this hello. */
  knows(random: Uint8Array): boolean {
    return this.associations.some((it) => equal(it.random, random));
  }

  /**
   * receive passes a hello to the association that began with it. Everything else goes to both: an association ignores
   * records that its keys do not open.
   */
  receive(datagram: Uint8Array, random?: Uint8Array): void {
    for (const it of this.associations) {
      if (random === undefined || equal(it.random, random)) it.transport.receive(datagram);
    }
  }

  /** begin replaces an association without a finished handshake and adds to one with it. */
  begin(association: Association): void {
    const { current } = this;
    this.newer?.transport.destroy(begunAnew());
    if (current?.transport.isProven) this.newer = association;
    else {
      this.current = association;
      current?.transport.destroy(begunAnew());
    }
  }

  /** proven makes the association over this transport, whose handshake is finished, the only one. */
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

/** begunAnew has the code of a stream whose peer has lost its state. */
function begunAnew(): Error {
  return Object.assign(new Error('the peer has begun a new association'), { code: 'ECONNRESET' });
}
