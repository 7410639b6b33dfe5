import type { Writable } from 'node:stream';
import type { CaptureLosses } from './capture-losses.ts';
import type { CaptureOutput } from './capture-output.ts';

/**
 * CaptureStream is a capture for a reader that may be slow, stop or go away. It drops packets while 8 MiB are buffered,
 * and all after the reader has gone.
 */
export class CaptureStream implements CaptureOutput {
  private readonly stream: Writable;
  private readonly losses: CaptureLosses;
  private unwritten = 0;
  private gone: string | undefined;

  constructor(stream: Writable, header: Uint8Array, losses: CaptureLosses) {
    this.stream = stream;
    this.losses = losses;
    stream.on('error', (error) => {
      this.gone = error.message;
    });
    stream.write(header);
  }

  write(blocks: Uint8Array, packets: number): void {
    if (this.gone !== undefined) {
      this.losses.lost(packets, this.gone);
    } else if (this.stream.writableLength + blocks.length > mostWaiting) {
      this.losses.lost(packets, 'its reader is too slow');
    } else {
      this.unwritten += packets;
      this.stream.write(blocks, (error) => {
        this.unwritten -= packets;
        if (error) this.losses.lost(packets, error.message);
      });
    }
  }

  async close(): Promise<void> {
    if (this.gone === undefined && this.stream.writableLength > 0) await this.writtenOut();
    if (this.unwritten > 0) this.losses.lost(this.unwritten, 'its reader has stopped');
    this.losses.summarize();
  }

  private writtenOut(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longestWait);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      this.stream.once('error', done);
      this.stream.write('', done);
    });
  }
}

/** In bytes. */
const mostWaiting = 8 * 2 ** 20;
/** Milliseconds that the end of the capture waits for the reader. */
const longestWait = 2000;
