import { maxPlaintext } from './limits.ts';
import { plain } from './plain.ts';
import type { Opened, ReadProtection } from './protection.ts';

/** ReadHalf is the read direction: the protection in force and the number of the next record. */
export class ReadHalf {
  private protection: ReadProtection = plain;
  private sequence = 0;
  /** Maximum bytes of content in a protected record. */
  maxContent = maxPlaintext;

  get protected(): boolean {
    return this.protection !== plain;
  }

  get hidesType(): boolean {
    return this.protection.hidesType;
  }

  get failureFunction(): string | undefined {
    return this.protection.failureFunction;
  }

  use(protection: ReadProtection): void {
    this.protection = protection;
    this.sequence = 0;
  }

  open(type: number, version: number, header: Uint8Array, body: Uint8Array): Opened | undefined {
    const opened = this.protection.open({ type, version, epoch: 0, sequence: this.sequence, header, body });
    if (opened !== undefined) this.sequence++;
    return opened;
  }
}
