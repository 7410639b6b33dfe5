import { fstatSync } from 'node:fs';
import { type AddressInfo, Socket } from 'node:net';
import type { Observer } from '../../connection/observer.ts';
import { CaptureFile, openPrivately } from '../../diagnostics/capture/capture-file.ts';
import { CaptureLosses } from '../../diagnostics/capture/capture-losses.ts';
import type { CaptureOutput } from '../../diagnostics/capture/capture-output.ts';
import { CaptureStream } from '../../diagnostics/capture/capture-stream.ts';
import { Capture, type Ends, type EndsOf } from '../../facts/capture/capture.ts';
import { fileHeader } from '../../facts/capture/pcapng.ts';
import type { Telling, Way } from '../../facts/fact.ts';
import type { DatagramEnds } from '../../server/listening/datagram-listener.ts';
import { DatagramTransport } from '../../server/listening/datagram-transport.ts';
import type { ListenAddress } from '../../server/listening/listener.ts';
import type { Transport } from '../../server/transport/transport.ts';
import type { TransportTap } from '../../server/transport/transport-tap.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';
import { ownAddress } from './own-address.ts';

interface Listening {
  readonly address: ListenAddress;
}

/** OpenCapture is the capture of `-pcapng` from its opening to its end. */
export class OpenCapture {
  /** Records the secrets of all connections. */
  readonly observer: Observer;
  private readonly capture: Capture;
  private readonly output: CaptureOutput;
  private readonly losses: CaptureLosses;

  /** Opening a named pipe waits for its reader. @throws {Stop} for a file that cannot be opened */
  constructor(path: string, options: Options, output: Output) {
    this.losses = new CaptureLosses(path === '-' ? 'on stdout' : path, (line) => output.err(line));
    this.output = openOutput(path, options, this.losses);
    this.capture = new Capture({
      write: (blocks, packets) => this.output.write(blocks, packets),
      now: () => performance.timeOrigin + performance.now(),
      later: setImmediate,
      withoutSecrets: options.pcapng_nosecrets ?? false,
    });
    this.observer = this.capture.observer();
  }

  /** tap returns the tap for a new connection; undefined if it has been reset already. */
  tap(transport: Transport, { address }: Listening): TransportTap | undefined {
    if ('path' in address) return this.capture.unix();
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

  /** Resolves when everything is written, or given up after two seconds, with what is missing in the capture. */
  async close(): Promise<Telling<'lost'> | undefined> {
    this.capture.close();
    await this.output.close();
    const { packets, why } = this.losses;
    return why === undefined ? undefined : { output: 'pcapng', count: packets, why };
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

function openOutput(path: string, { pcapng_size: size }: Options, losses: CaptureLosses): CaptureOutput {
  const header = fileHeader('s_server');
  const descriptor = path === '-' ? 1 : open(path);
  const kind = fstatSync(descriptor);
  if (kind.isFIFO() || kind.isSocket()) {
    const stream = path === '-' ? process.stdout : new Socket({ fd: descriptor, readable: false, writable: true });
    return new CaptureStream(stream, header, losses);
  }
  const rotation = size === undefined ? undefined : { bytes: size * 2 ** 20, path };
  return new CaptureFile(descriptor, { header, losses, ...(rotation && { rotation }) });
}

function open(path: string): number {
  try {
    return openPrivately(path);
  } catch {
    throw new Stop(`Can't open capture file ${path}\n`);
  }
}
