import { ipAddressBytes } from '../../bytes/ip-address.ts';
import type { Observer } from '../../connection/observer.ts';
import { keyLogLine } from '../../keys/key-log-line.ts';
import type { Way } from '../fact.ts';
import { CapturedConnection } from './captured-connection.ts';
import type { Endpoint } from './internet-packet.ts';
import type { Packets } from './packet.ts';
import { packetBlock, secretsBlock } from './pcapng.ts';
import { TcpPackets } from './tcp-packets.ts';
import { UdpPackets } from './udp-packets.ts';

export interface CaptureOptions {
  /** Receives whole blocks to append after `fileHeader`, with their number of packets. */
  write(blocks: Uint8Array, packets: number): void;
  /** Milliseconds since 1970, with fractions. */
  now(): number;
  /** Runs a callback after the current turn of the event loop. */
  later(run: () => void): void;
  /** Omits secrets, so that the capture cannot be decrypted. */
  readonly withoutSecrets?: boolean;
}

/** Address is a host and port as reported by the system. */
interface Address {
  /** IPv4, IPv6, or IPv4 in IPv6. */
  readonly host: string;
  readonly port: number;
}

export interface Ends {
  readonly client: Address;
  readonly server: Address;
}

/** EndsOf returns the ends of one datagram. */
export type EndsOf = (way: Way, datagram: Uint8Array) => Ends;

/**
 * Capture makes a pcapng capture of transports' traffic. Packets of one turn of the event loop are written together,
 * after their secrets: a packet can be decrypted even if the engine derives the keys from it.
 */
export class Capture {
  private readonly options: CaptureOptions;
  private readonly pending = new Set<CapturedConnection>();
  private keyLog = '';
  private scheduled = false;
  private connections = 0;
  private unixConnections = 0;

  constructor(options: CaptureOptions) {
    this.options = options;
  }

  tcp({ client, server }: Ends): CapturedConnection {
    const initial = (++this.connections * sequenceStep) % 2 ** 32;
    const endpoints = endpointsOf({ client, server });
    return this.connection(new TcpPackets(endpoints.client, endpoints.server, initial));
  }

  /** unix begins a connection on a unix socket, with made-up addresses and ports. */
  unix(): CapturedConnection {
    const port = firstUnixPort + (this.unixConnections++ % unixPorts);
    return this.tcp({ client: { host: '127.0.0.1', port }, server: { host: '127.0.0.1', port: unixServerPort } });
  }

  /** `ends`: a function for a peer that may change its address, which is called for every datagram. */
  udp(ends: Ends | EndsOf): CapturedConnection {
    const endsOf = typeof ends === 'function' ? ends : () => ends;
    return this.connection(new UdpPackets((way, datagram) => endpointsOf(endsOf(way, datagram))));
  }

  /** observer collects the secrets of any number of connections. */
  observer(): Observer {
    if (this.options.withoutSecrets) return {};
    return {
      secret: (label, clientRandom, secret) => {
        this.keyLog += keyLogLine(label, clientRandom, secret);
        this.schedule();
      },
    };
  }

  /** close writes all pending packets. */
  close(): void {
    this.write([...this.pending].flatMap((connection) => connection.take('all')));
  }

  private connection(packets: Packets): CapturedConnection {
    return new CapturedConnection(packets, {
      now: () => this.options.now(),
      changed: (connection) => {
        this.pending.add(connection);
        this.schedule();
      },
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.options.later(() => {
      this.scheduled = false;
      this.write([...this.pending].flatMap((connection) => connection.take('settled')));
    });
  }

  private write(packets: ReturnType<CapturedConnection['take']>): void {
    for (const connection of this.pending) if (connection.isEmpty) this.pending.delete(connection);
    if (packets.length === 0 && this.keyLog === '') return;
    const inOrder = packets.toSorted((one, other) => one.at - other.at);
    const secrets = this.keyLog === '' ? [] : [secretsBlock(this.keyLog)];
    this.keyLog = '';
    this.options.write(Buffer.concat([...secrets, ...inOrder.map(packetBlock)]), packets.length);
  }
}

function endpointsOf(ends: Ends): { readonly client: Endpoint; readonly server: Endpoint } {
  const client = endpoint(ends.client);
  const server = endpoint(ends.server);
  const isMixed = client.address.length !== server.address.length;
  // A dual-stack socket may be bound to an address of the other family.
  return { client, server: isMixed ? { ...server, address: new Uint8Array(client.address.length) } : server };
}

/** endpoint unwraps an IPv4-mapped IPv6 address of a dual-stack socket: the wire has IPv4. */
function endpoint({ host, port }: Address): Endpoint {
  const bytes = ipAddressBytes(host);
  const isMapped = bytes.length === 16 && mappedPrefix.every((byte, at) => bytes[at] === byte);
  return { address: isMapped ? bytes.subarray(mappedPrefix.length) : bytes, port };
}

/** RFC 4291 section 2.5.5.2. */
const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Distance of the initial sequence numbers of two connections, so that reused ports start elsewhere. */
const sequenceStep = 0x0100_0001;

/** The dynamic ports (RFC 6335 section 6). */
const firstUnixPort = 49152;
const unixPorts = 65536 - firstUnixPort;
/** The reference's default port. */
const unixServerPort = 4433;
