import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Observer } from '../../connection/observer.ts';
import { CaptureFile, openPrivately } from '../../diagnostics/capture/capture-file.ts';
import { CaptureLosses } from '../../diagnostics/capture/capture-losses.ts';
import type { CaptureOutput } from '../../diagnostics/capture/capture-output.ts';
import { CaptureStream } from '../../diagnostics/capture/capture-stream.ts';
import { fileHeader } from '../../facts/capture/pcapng.ts';
import type { Telling } from '../../facts/fact.ts';
import { TransportTaps } from '../../server/listening/transport-taps.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { Stop } from '../output/stop.ts';

/** OpenCapture is the capture of `-pcapng` from its opening to its end. */
export class OpenCapture {
  readonly taps: TransportTaps;
  private readonly output: CaptureOutput;
  private readonly losses: CaptureLosses;

  /** Opening a named pipe waits for its reader. @throws {Stop} for a file that cannot be opened */
  constructor(path: string, options: Options, output: Output) {
    this.losses = new CaptureLosses(path === '-' ? 'on stdout' : path, (line) => output.err(line));
    this.output = openOutput(path, options, this.losses);
    this.taps = new TransportTaps({
      write: (blocks, packets) => this.output.write(blocks, packets),
      withoutSecrets: options.pcapng_nosecrets ?? false,
    });
  }

  /** Records the secrets of all connections. */
  get observer(): Observer {
    return this.taps.observer;
  }

  /** Resolves when everything is written, or given up after two seconds, with what is missing in the capture. */
  async close(): Promise<Telling<'lost'> | undefined> {
    this.taps.close();
    await this.output.close();
    const { packets, why } = this.losses;
    return why === undefined ? undefined : { output: 'pcapng', count: packets, why };
  }
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
