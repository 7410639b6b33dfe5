import { datagramHeader, datagramHeaderLength } from './datagram-record.ts';
import { plain } from './plain.ts';
import type { WriteProtection } from './protection.ts';

/** WriteEpoch is one epoch of the write direction of DTLS. A retransmitted message goes out in its original epoch. */
export class WriteEpoch {
  /** Maximum bytes of a record besides its content. */
  readonly overhead: number;
  private readonly number: number;
  private readonly protection: WriteProtection;
  private sequence: number;

  constructor(number = 0, protection: WriteProtection = plain, firstSequence = 0) {
    this.number = number;
    this.protection = protection;
    this.sequence = firstSequence;
    this.overhead = datagramHeaderLength + protection.overhead;
  }

  next(protection: WriteProtection): WriteEpoch {
    return new WriteEpoch(this.number + 1, protection);
  }

  /** Seals one record, in one piece. `version` is one of DTLS. */
  seal(type: number, version: number, content: Uint8Array): Uint8Array {
    const numbered = { type, version, epoch: this.number, sequence: this.sequence++ };
    const body = this.protection.seal({ ...numbered, content });
    let length = 0;
    for (const part of body) length += part.length;
    return Buffer.concat([datagramHeader(numbered, length), ...body]);
  }
}
