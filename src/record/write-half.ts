import { ContentType } from '../names/content-types.ts';
import { plain } from './plain.ts';
import type { WriteProtection } from './protection.ts';

const headerLength = 5;

/** Below this many bytes a copy into one piece costs less than passing several to the transport. */
const worthNoCopy = 2048;

/** WriteHalf is the write direction: it cuts content into records and seals them. */
export class WriteHalf {
  private protection: WriteProtection = plain;
  private sequence = 0;
  /** Maximum bytes of content in one record. */
  maxFragment = 16384;

  get protected(): boolean {
    return this.protection !== plain;
  }

  get hidesType(): boolean {
    return this.protection.hidesType;
  }

  use(protection: WriteProtection): void {
    this.protection = protection;
    this.sequence = 0;
  }

  /**
   * Whole records, each in one or more pieces; the first piece begins with the header. Empty content gives one record.
   */
  seal(type: number, version: number, content: Uint8Array): (readonly Uint8Array[])[] {
    const records: (readonly Uint8Array[])[] = [];
    if (type === ContentType.applicationData && this.protection.needsEmptyFragment) {
      records.push(this.record(type, version, content.subarray(0, 0)));
    }
    let at = 0;
    do {
      records.push(this.record(type, version, content.subarray(at, at + this.maxFragment)));
      at += this.maxFragment;
    } while (at < content.length);
    return records;
  }

  private record(type: number, version: number, content: Uint8Array): readonly Uint8Array[] {
    const body = this.protection.seal({ type, version, epoch: 0, sequence: this.sequence++, content });
    let length = 0;
    for (const part of body) length += part.length;
    const visibleType = this.protection.hidesType ? ContentType.applicationData : type;
    const header = Uint8Array.of(visibleType, version >>> 8, version, length >>> 8, length);
    const record = [header, ...body];
    return length < worthNoCopy ? [Buffer.concat(record, headerLength + length)] : record;
  }
}
