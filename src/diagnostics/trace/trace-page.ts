import { upperHex, view } from '../../bytes/hex.ts';
import { hexDump } from '../../bytes/hex-dump.ts';

/** The text that grows while a message is taken apart; what is written stays, also when the message turns out broken. */
export class TracePage {
  private readonly pieces: string[] = [];

  get text(): string {
    return this.pieces.join('');
  }

  add(text: string): void {
    this.pieces.push(text);
  }

  line(columns: number, text: string): void {
    this.pieces.push(' '.repeat(columns), text, '\n');
  }

  /** `label (len=2): 0A0B` */
  hex(columns: number, label: string, bytes: Uint8Array): void {
    this.line(columns, `${label} (len=${bytes.length}): ${upperHex(bytes)}`);
  }

  /** With offsets and a text column. */
  dump(columns: number, bytes: Uint8Array): void {
    this.pieces.push(hexDump(bytes, columns));
  }

  /** As the peer wrote it. */
  raw(columns: number, bytes: Uint8Array): void {
    this.line(columns, view(bytes).toString('utf8'));
  }
}
