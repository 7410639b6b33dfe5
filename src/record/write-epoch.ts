import { ContentType } from '../names/content-types.ts';
import { datagramHeader, datagramHeaderLength } from './datagram-record.ts';
import { innerPlaintext } from './inner-plaintext.ts';
import { lastEpoch, lastSequence, maxPlaintext } from './limits.ts';
import { plain } from './plain.ts';
import type { WriteProtection } from './protection.ts';

/** WriteEpoch is one epoch of the write direction of DTLS. A retransmitted message goes out in its original epoch. */
export class WriteEpoch {
  /** Maximum bytes of a record besides its content. */
  readonly overhead: number;
  readonly headerLength: number;
  /** Bytes of content in a record: a type beside it takes one. */
  readonly maxContent: number;
  private readonly number: number;
  private readonly protection: WriteProtection;
  private readonly connectionId: Uint8Array | undefined;
  private sequence = 0;

  /** `connectionId`: the peer's, undefined where its records have none. */
  private constructor(number: number, protection: WriteProtection, connectionId: Uint8Array | undefined) {
    this.number = number;
    this.protection = protection;
    this.connectionId = connectionId;
    this.headerLength = datagramHeaderLength + (connectionId?.length ?? 0);
    this.maxContent = maxPlaintext - (connectionId ? 1 : 0);
    this.overhead = this.headerLength + protection.overhead + (connectionId ? 1 : 0);
  }

  /** The epoch without keys. */
  static first(sequence = 0): WriteEpoch {
    const epoch = new WriteEpoch(0, plain, undefined);
    epoch.sequence = sequence;
    return epoch;
  }

  /** True when no epoch can follow. */
  get isLast(): boolean {
    return this.number === lastEpoch;
  }

  /** True when no number is left for another record. */
  get isSpent(): boolean {
    return this.sequence > lastSequence;
  }

  next(protection: WriteProtection, connectionId: Uint8Array = new Uint8Array(0)): WriteEpoch {
    return new WriteEpoch(this.number + 1, protection, connectionId.length > 0 ? connectionId : undefined);
  }

  /** Seals one record, in one piece. `version` is one of DTLS. */
  seal(type: number, version: number, content: Uint8Array): Uint8Array {
    const numbered = { version, epoch: this.number, sequence: this.sequence++, connectionId: this.connectionId };
    const visible = this.connectionId === undefined ? { type, content } : withId(type, content);
    const body = this.protection.seal({ ...numbered, ...visible });
    let length = 0;
    for (const part of body) length += part.length;
    return Buffer.concat([datagramHeader({ ...numbered, type: visible.type }, length), ...body]);
  }
}

function withId(type: number, content: Uint8Array) {
  return { type: ContentType.tls12Cid, content: innerPlaintext(type, content) };
}
