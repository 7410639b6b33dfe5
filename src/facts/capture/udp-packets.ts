import type { Way } from '../fact.ts';
import { type Endpoint, internetPacket } from './internet-packet.ts';
import type { Packet, Packets } from './packet.ts';

type EndpointsOf = (way: Way, datagram: Uint8Array) => { readonly client: Endpoint; readonly server: Endpoint };

/** UdpPackets makes one packet of each datagram (RFC 768), none for beginning and end. */
export class UdpPackets implements Packets {
  private readonly endpointsOf: EndpointsOf;

  constructor(endpointsOf: EndpointsOf) {
    this.endpointsOf = endpointsOf;
  }

  opened(): Packet[] {
    return [];
  }

  /** `datagram`: at most 65507 bytes, the system's limit. */
  carried(way: Way, datagram: Uint8Array): Packet[] {
    const { client, server } = this.endpointsOf(way, datagram);
    const [source, destination] = way === 'in' ? [client, server] : [server, client];
    const bytes = new Uint8Array(headerLength + datagram.length);
    const header = new DataView(bytes.buffer);
    header.setUint16(0, source.port);
    header.setUint16(2, destination.port);
    header.setUint16(4, bytes.length);
    bytes.set(datagram, headerLength);
    return [{ way, bytes: internetPacket({ source, destination }, { protocol: udp, bytes, checksumAt: 6 }) }];
  }

  ended(): Packet[] {
    return [];
  }

  reset(): Packet[] {
    return [];
  }
}

const headerLength = 8;
const udp = 17;
