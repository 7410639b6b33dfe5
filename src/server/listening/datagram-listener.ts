import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomBytes } from '../../crypto/primitives/random.ts';
import type { Way } from '../../facts/fact.ts';
import type { DatagramGreeted } from '../../handshake/carriers/datagram-greeting.ts';
import { HelloFragments } from '../../handshake/carriers/hello-fragments.ts';
import type { CookieKeys } from '../../handshake/flow/stateless-cookie.ts';
import { idIn } from '../../record/datagram-record.ts';
import type { Backlog } from '../transport/backlog.ts';
import type { Accepting } from '../transport/transport.ts';
import type { DatagramPeer } from './datagram-peer.ts';
import { DatagramPeers } from './datagram-peers.ts';
import { DatagramPath, DatagramTransport, type SharedSocket } from './datagram-transport.ts';
import { bindFailure } from './listen-failure.ts';
import { acceptLineOf, type Endpoint, endpointOf, type InternetAddress, type ListenFailure } from './listener.ts';

export interface DatagramListenOptions {
  readonly cookieKeys: CookieKeys;
  /** Milliseconds since 1970. */
  now(): number;
  /** Maximum number of associations at once; more have to wait. 10000 unless given. */
  readonly maxPeers?: number;
  /** Length of our connection ids (RFC 9146) in bytes, 0 to 20; undefined: none are used. */
  readonly connectionIdLength?: number | undefined;
  /** Datagrams are dropped while this is full. */
  readonly backlog?: Backlog | undefined;
  /** Called for each greeting of an unknown peer. */
  greeted?(greeting: DatagramGreeted, datagram: Uint8Array): void;
  /** Called for each datagram outside of a connection: from unknown peers, and our replies to them. */
  passed?(way: Way, datagram: Uint8Array, ends: DatagramEnds): void;
}

/** The addresses of a datagram. */
export interface DatagramEnds {
  readonly remote: AddressInfo;
  readonly local: AddressInfo;
}

type Take = (transport: DatagramTransport) => void;

interface Beginning {
  /** The peer's address and port. */
  readonly name: string;
  readonly random: Uint8Array;
}

/**
 * DatagramListener is a UDP socket that all peers share. It keeps no state for a peer before the cookie has come back.
 * A new association from the same address replaces the old one once its handshake is finished (RFC 6347 section 4.2.8).
 */
export class DatagramListener implements Accepting {
  readonly acceptLine: string;
  readonly host: string;
  readonly port: number;
  private readonly socket: Socket;
  private readonly options: DatagramListenOptions;
  private readonly peers = new DatagramPeers();
  private readonly helloFragments = new HelloFragments();
  private readonly shared: SharedSocket;
  /** Datagrams received before `accept`. */
  private waiting: ((take: Take) => void)[] = [];
  private take: Take | undefined;
  private open = true;

  constructor(socket: Socket, acceptLine: string, options: DatagramListenOptions) {
    this.socket = socket;
    this.options = options;
    this.acceptLine = acceptLine;
    this.shared = this.sharing();
    this.host = this.shared.local.address;
    this.port = this.shared.local.port;
    socket.on('message', (datagram, remote) => {
      // Dropping a datagram is allowed; buffering its output would take unbounded memory.
      if (options.backlog?.full) return;
      if (this.take) this.received(datagram, remote, this.take);
      else if (this.waiting.length < mostWaiting) this.waiting.push((take) => this.received(datagram, remote, take));
    });
    // An unreachable peer; the idle time-out deals with it.
    socket.on('error', () => {});
  }

  accept(take: Take): void {
    this.take = take;
    for (const receive of this.waiting.splice(0)) receive(take);
  }

  close(): void {
    this.open = false;
    this.waiting = [];
    this.closeSocket();
  }

  private received(datagram: Uint8Array, remote: RemoteInfo, take: Take): void {
    // Port 0 cannot be replied to.
    if (remote.port === 0) return;
    const id = idIn(datagram, this.options.connectionIdLength ?? 0);
    if (id !== undefined) {
      const transport = this.peers.withId(id);
      if (transport === undefined) this.passed('in', datagram, remote);
      else transport.receive(datagram, new DatagramPath(remote, datagram.length));
      return;
    }
    const name = peerName(remote);
    const peer = this.peers.at(name);
    if (peer !== undefined && !mayBegin(datagram)) {
      peer.receive(datagram);
      return;
    }
    const keys = this.options.cookieKeys.at(this.options.now());
    const { greeting, datagram: hello } = this.helloFragments.greet({ datagram, peer: name, keys });
    if (peer === undefined && greeting.what !== 'start') this.passed('in', datagram, remote);
    if (greeting.what === 'drop' || greeting.what === 'part') peer?.receive(datagram);
    else if (peer?.knows(greeting.hello.random)) peer.receive(hello, greeting.hello.random);
    else if (this.mayGreet(name, peer, greeting.hello.random)) {
      this.options.greeted?.(greeting, hello);
      if (greeting.what === 'reply') this.reply(Buffer.concat([greeting.header, greeting.message]), remote);
      else take(this.begin(hello, remote, { name, random: Uint8Array.from(greeting.hello.random) }));
    }
  }

  private mayGreet(name: string, peer: DatagramPeer | undefined, random: Uint8Array): boolean {
    const hasRoom = peer !== undefined || this.peers.count < this.maxPeers;
    return this.open && hasRoom && !this.peers.isUsedUp(name, random);
  }

  private get maxPeers(): number {
    return this.options.maxPeers ?? defaultMaxPeers;
  }

  private reply(datagram: Uint8Array, remote: RemoteInfo): void {
    this.passed('out', datagram, remote);
    this.send(datagram, remote, () => {});
  }

  private passed(way: Way, datagram: Uint8Array, remote: RemoteInfo): void {
    this.options.passed?.(way, datagram, { remote, local: this.shared.local });
  }

  private begin(datagram: Uint8Array, remote: RemoteInfo, { name, random }: Beginning): DatagramTransport {
    const transport = new DatagramTransport({ socket: this.shared, remote, connectionId: this.freeId() });
    this.peers.begin(name, { transport, random });
    transport.receive(datagram);
    return transport;
  }

  private sharing(): SharedSocket {
    return {
      local: this.socket.address(),
      send: (datagram, to, done) => this.send(datagram, to, done),
      moved: (transport, to) => this.peers.moved(transport, peerName(to)),
      proven: (transport) => this.peers.proven(transport),
      closed: (transport) => {
        this.peers.left(transport);
        if (!this.open) this.closeSocket();
      },
    };
  }

  /** Undefined where there are none, or none is left. */
  private freeId(): Uint8Array | undefined {
    const { connectionIdLength: length } = this.options;
    if (length === undefined) return undefined;
    for (let tries = 0; tries < mostTries; tries++) {
      const id = randomBytes(length);
      if (this.peers.withId(id) === undefined) return id;
    }
    return undefined;
  }

  /** send loses a datagram that the system refuses, as the network may. */
  private send(datagram: Uint8Array, { port, address }: AddressInfo, done: () => void): void {
    this.socket.send(datagram, port, address, () => done());
  }

  private closeSocket(): void {
    if (this.peers.count > 0) return;
    this.socket.removeAllListeners('message');
    this.socket.close();
    this.closeSocket = () => {};
  }
}

/** listenForDatagrams resolves the address and binds a UDP socket. */
export async function listenForDatagrams(
  address: InternetAddress,
  options: DatagramListenOptions,
): Promise<DatagramListener | ListenFailure> {
  const endpoint = await endpointOf(address);
  if ('lines' in endpoint) return endpoint;
  const bound = await bindDatagrams(endpoint);
  if ('error' in bound) return { lines: bindFailure(bound.error) };
  return new DatagramListener(bound.socket, acceptLineOf(endpoint, bound.socket.address()), options);
}

const defaultMaxPeers = 10_000;

/** Attempts to find an unused id: short ones may all be in use. */
const mostTries = 64;

/** Maximum number of datagrams kept before `accept`. */
const mostWaiting = 64;

type Bound = { readonly socket: Socket } | { readonly error: NodeJS.ErrnoException };

/** bindDatagrams binds a socket, with the fallback where the system has no IPv6. */
export async function bindDatagrams(endpoint: Endpoint): Promise<Bound> {
  const { fallback } = endpoint;
  const bound = await bind(endpoint);
  if (!('error' in bound) || bound.error.code !== 'EAFNOSUPPORT' || fallback === undefined) return bound;
  return bind({ ...endpoint, host: fallback, ipv6Only: false });
}

async function bind({ host, port, ipv6Only }: Endpoint): Promise<Bound> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', ipv6Only });
  try {
    socket.bind({ port, address: host });
    await once(socket, 'listening');
    return { socket };
  } catch (error) {
    socket.close();
    return { error: error as NodeJS.ErrnoException };
  }
}

/** peerName formats an address as `TransportDuplex.peer` does. */
function peerName({ family, address, port }: AddressInfo): string {
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** mayBegin recognizes a ClientHello of epoch 0, which begins every association. */
function mayBegin(datagram: Uint8Array): boolean {
  return datagram[0] === 22 && datagram[3] === 0 && datagram[4] === 0 && datagram[13] === 1;
}
