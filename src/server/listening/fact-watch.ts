import { unmapped } from '../../bytes/ip-address.ts';
import type { Observer } from '../../connection/observer.ts';
import { ConnectionFacts } from '../../facts/connection-facts.ts';
import type { Endpoint } from '../../facts/decoding/value.ts';
import type { FactStream } from '../../facts/fact-stream.ts';
import type { TlsSocket } from '../sockets/tls-socket.ts';
import type { Transport } from '../transport/transport.ts';
import { DatagramTransport } from './datagram-transport.ts';

/** FactWatch emits the facts of one connection, from its transport to its end. */
export class FactWatch {
  private readonly facts: ConnectionFacts;
  private readonly transport: Transport;

  constructor(stream: FactStream, connection: number, transport: Transport) {
    const { remoteAddress, remotePort, localAddress, localPort } = transport;
    const remote = endpoint(remoteAddress, remotePort);
    this.transport = transport;
    this.facts = new ConnectionFacts(stream, connection, {
      remote,
      local: remote && endpoint(localAddress, localPort),
      transport: transport instanceof DatagramTransport ? 'udp' : remote === null ? 'unix' : 'tcp',
    });
  }

  /** The observer for the connection's engine. */
  get observer(): Observer {
    return this.facts.observer;
  }

  /** follow must be called before anybody else listens to the socket, so that facts come first. */
  follow(socket: TlsSocket): void {
    const { facts } = this;
    const transport = this.transport;
    const arrived = (chunk: Uint8Array) => facts.arrived(chunk.length);
    transport.prependListener('data', arrived);
    transport.prependOnceListener('end', () => facts.finished());
    socket.once('secure', (info) => {
      transport.off('data', arrived);
      facts.established(info);
    });
    socket.on('moved', () => {
      const to = endpoint(transport.remoteAddress, transport.remotePort);
      if (to !== null) facts.moved(to);
    });
    socket.on('renegotiated', (info) => facts.established(info));
    socket.once('problem', (trouble) => facts.trouble(trouble));
    socket.once('close', () => facts.closed({ bytesIn: transport.bytesRead, bytesOut: transport.bytesWritten }));
  }

  /** answered reports an answer to an HTTP request. */
  answered(method: string, path: string, status: number): void {
    this.facts.answered(method, path, status);
  }
}

function endpoint(address: string | undefined, port: number | undefined): Endpoint | null {
  return address === undefined || port === undefined ? null : { address: unmapped(address), port };
}
