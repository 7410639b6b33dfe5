import type { AddressInfo } from 'node:net';
import type { Observer } from '../../connection/observer.ts';
import { Capture, type Ends, type EndsOf } from '../../facts/capture/capture.ts';
import type { Way } from '../../facts/fact.ts';
import type { Transport } from '../transport/transport.ts';
import type { TransportTap } from '../transport/transport-tap.ts';
import type { DatagramEnds } from './datagram-listener.ts';
import { DatagramTransport } from './datagram-transport.ts';
import { ownAddress } from './own-address.ts';

export interface TransportTapsOptions {
  /** Receives whole blocks to append after the file's header, with their number of packets. */
  write(blocks: Uint8Array, packets: number): void;
  readonly withoutSecrets: boolean;
}

/** TransportTaps make one capture of the traffic of all transports. */
export class TransportTaps {
  /** Records the secrets of all connections. */
  readonly observer: Observer;
  private readonly capture: Capture;

  constructor(options: TransportTapsOptions) {
    this.capture = new Capture({
      ...options,
      write: (blocks, packets) => options.write(blocks, packets),
      now: () => performance.timeOrigin + performance.now(),
      later: setImmediate,
    });
    this.observer = this.capture.observer();
  }

  /** tap returns the tap for a new connection; undefined if it has been reset already. */
  tap(transport: Transport, kind: 'internet' | 'unix'): TransportTap | undefined {
    if (kind === 'unix') return this.capture.unix();
    const { remoteAddress, remotePort, localAddress, localPort } = transport;
    if (remoteAddress === undefined || remotePort === undefined) return undefined;
    const remote = { address: remoteAddress, port: remotePort };
    const local = { address: localAddress ?? '::', port: localPort ?? 0 };
    if (transport instanceof DatagramTransport) return this.capture.udp(endsAt(transport, local));
    return this.capture.tcp(endsOf({ remote, local }));
  }

  /** passed records a datagram outside of a connection. */
  passed(way: Way, datagram: Uint8Array, ends: DatagramEnds): void {
    const stranger = this.capture.udp(endsOf(ends));
    if (way === 'in') stranger.arrived(datagram);
    else stranger.sent(datagram);
  }

  /** close writes all pending packets. */
  close(): void {
    this.capture.close();
  }
}

type Place = Pick<AddressInfo, 'address' | 'port'>;

function endsOf({ remote, local }: { readonly remote: Place; readonly local: Place }): Ends {
  return {
    client: { host: remote.address, port: remote.port },
    server: { host: ownAddress(local.address, remote.address), port: local.port },
  };
}

/** endsAt follows a peer that changes its address: each datagram has the one that it came from or goes to. */
function endsAt(transport: DatagramTransport, local: Place): EndsOf {
  let newest: { readonly remote: Place; readonly ends: Ends } | undefined;
  return (way, datagram) => {
    const from = way === 'in' ? transport.pathOf(datagram)?.remote : undefined;
    const remote = from ?? { address: transport.remoteAddress, port: transport.remotePort };
    if (newest?.remote.address !== remote.address || newest.remote.port !== remote.port)
      newest = { remote, ends: endsOf({ remote, local }) };
    return newest.ends;
  };
}
