import { hex } from '../../bytes/hex.ts';
import { type Association, DatagramPeer } from './datagram-peer.ts';
import type { DatagramTransport } from './datagram-transport.ts';

/** Place is where an association is found. */
interface Place {
  readonly association: Association;
  /** The peer's address and port. */
  readonly name: string;
  /** The address that its cookie is for: it began there. */
  readonly origin: string;
  readonly peer: DatagramPeer;
}

/** DatagramPeers finds the associations of a socket by the addresses of their peers and by our connection ids. */
export class DatagramPeers {
  private readonly byName = new Map<string, DatagramPeer>();
  private readonly byId = new Map<string, DatagramTransport>();
  private readonly places = new Map<DatagramTransport, Place>();
  /** Hellos of associations that have ended, the oldest first. */
  private readonly usedHellos = new Set<string>();

  /** Number of associations. */
  get count(): number {
    return this.places.size;
  }

  at(name: string): DatagramPeer | undefined {
    return this.byName.get(name);
  }

  /** An empty id finds none. */
  withId(id: Uint8Array): DatagramTransport | undefined {
    return this.byId.get(hex(id));
  }

  /**
   * isUsedUp recognizes the hello of an association that has ended after its handshake: a copy that the network delivers late,
   * or somebody replays. Its cookie may still be valid, but nobody waits for an answer.
   */
  isUsedUp(name: string, random: Uint8Array): boolean {
    return this.usedHellos.has(helloName(name, random));
  }

  begin(name: string, association: Association): void {
    const { transport } = association;
    const peer = this.byName.get(name) ?? new DatagramPeer();
    this.byName.set(name, peer);
    this.places.set(transport, { association, name, origin: name, peer });
    if (transport.connectionId?.length) this.byId.set(hex(transport.connectionId), transport);
    peer.begin(association);
  }

  proven(transport: DatagramTransport): void {
    this.places.get(transport)?.peer.proven(transport);
  }

  /** An association that is at the new address already stays; the moved one is then found by its connection id alone. */
  moved(transport: DatagramTransport, name: string): void {
    const place = this.places.get(transport);
    if (place === undefined) return;
    this.leave(place);
    const peer = new DatagramPeer();
    peer.begin(place.association);
    if (!this.byName.has(name)) this.byName.set(name, peer);
    this.places.set(transport, { ...place, name, peer });
  }

  left(transport: DatagramTransport): void {
    const place = this.places.get(transport);
    if (place === undefined) return;
    this.leave(place);
    this.places.delete(transport);
    if (transport.hasBeenProven) this.use(place.association.random, place.origin);
    if (transport.connectionId) this.byId.delete(hex(transport.connectionId));
  }

  private use(random: Uint8Array, name: string): void {
    this.usedHellos.add(helloName(name, random));
    const [oldest] = this.usedHellos;
    if (this.usedHellos.size > mostUsedHellos && oldest !== undefined) this.usedHellos.delete(oldest);
  }

  private leave({ association, name, peer }: Place): void {
    peer.left(association.transport);
    if (peer.isGone && this.byName.get(name) === peer) this.byName.delete(name);
  }
}

/** Hellos that are remembered, for as long as their cookies may be valid. */
const mostUsedHellos = 4096;

function helloName(name: string, random: Uint8Array): string {
  return `${name} ${hex(random)}`;
}
