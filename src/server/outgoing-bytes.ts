import type { Socket } from 'node:net';

/** Bytes up to which joining the parts costs less than handing them over one by one. */
const worthJoining = 16384;

/** What a transport is to be given at once: each write of its own would cost more than what it carries. */
export class OutgoingBytes {
  private readonly transport: Socket;
  private parts: Uint8Array[] = [];
  private length = 0;

  constructor(transport: Socket) {
    this.transport = transport;
  }

  /** False: with this the transport is full, and will tell when it is not any more. */
  add(parts: readonly Uint8Array[]): boolean {
    if (!this.transport.writable) return true;
    for (const part of parts) {
      this.parts.push(part);
      this.length += part.length;
    }
    return !this.full;
  }

  /** All that was added leaves in one write. */
  flush(): void {
    const { transport, parts, length, full } = this;
    if (length === 0) return;
    this.parts = [];
    this.length = 0;
    if (!transport.writable) return;
    if (length <= worthJoining && !full) {
      transport.write(inOnePiece(parts, length));
      return;
    }
    // Also for a single part: only a corked stream tells `drain` of what the system takes at once.
    transport.cork();
    for (const part of parts) transport.write(part);
    transport.uncork();
  }

  private get full(): boolean {
    return this.transport.writableLength + this.length >= this.transport.writableHighWaterMark;
  }
}

function inOnePiece(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : Buffer.concat(parts, length);
}
