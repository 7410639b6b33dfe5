import { CaptureLosses } from '../diagnostics/capture/capture-losses.ts';
import { CaptureStream } from '../diagnostics/capture/capture-stream.ts';
import { fileHeader } from '../facts/capture/pcapng.ts';
import type { Telling } from '../facts/fact.ts';
import { TransportTaps } from './listening/transport-taps.ts';
import type { ServedOptions } from './server-settings.ts';
import { TlsError } from './sockets/tls-error.ts';

/** captureFrom begins the capture that the options ask for. @throws {TlsError} for what is no stream */
export function captureFrom(options: ServedOptions): LibraryCapture | undefined {
  const { capture } = options;
  if (capture === undefined) return undefined;
  if (typeof capture?.write !== 'function' || typeof capture.on !== 'function')
    throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'capture: not a writable stream');
  return new LibraryCapture(capture, options);
}

/** LibraryCapture is the capture of a library server, in the stream of its option. */
export class LibraryCapture {
  readonly taps: TransportTaps;
  private readonly losses = new CaptureLosses('', () => {});

  constructor(stream: NonNullable<ServedOptions['capture']>, { captureSecrets = true }: ServedOptions) {
    const output = new CaptureStream(stream, fileHeader('serverhello'), this.losses);
    this.taps = new TransportTaps({
      write: (blocks, packets) => output.write(blocks, packets),
      withoutSecrets: !captureSecrets,
    });
  }

  /** Everything has been written to the stream. Returns what is missing. */
  close(): Telling<'lost'> | undefined {
    this.taps.close();
    const { packets, why } = this.losses;
    return why === undefined ? undefined : { output: 'pcapng', count: packets, why };
  }
}
