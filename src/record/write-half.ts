import { ContentType } from '../names/content-types.ts';
import { plain } from './plain.ts';
import type { WriteProtection } from './protection.ts';

const headerLength = 5;

/** The direction towards the peer: cuts content into records and seals them. */
export class WriteHalf {
  private protection: WriteProtection = plain;
  private sequence = 0;
  /** Most bytes of content in one record. */
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

  /** Whole records, headers included. Empty content gives one empty record. */
  seal(type: number, version: number, content: Uint8Array): Uint8Array[] {
    const records: Uint8Array[] = [];
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

  private record(type: number, version: number, content: Uint8Array): Uint8Array {
    const sealed = this.protection.seal({ type, version, epoch: 0, sequence: this.sequence++, content }, headerLength);
    const length = sealed.length - headerLength;
    sealed[0] = this.protection.hidesType ? ContentType.applicationData : type;
    sealed[1] = version >>> 8;
    sealed[2] = version;
    sealed[3] = length >>> 8;
    sealed[4] = length;
    return sealed;
  }
}
