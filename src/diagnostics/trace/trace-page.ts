import { upperHex } from '../../bytes/hex.ts';
import { hexDump } from '../../bytes/hex-dump.ts';

/** TracePage is the output about a message; it keeps what is printed when the message turns out malformed. */
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

  /** hex prints `label (len=2): 0A0B`. */
  hex(columns: number, label: string, bytes: Uint8Array): void {
    this.line(columns, `${label} (len=${bytes.length}): ${upperHex(bytes)}`);
  }

  /** dump prints bytes with offsets and a text column. */
  dump(columns: number, bytes: Uint8Array): void {
    this.pieces.push(hexDump(bytes, columns));
  }
}
