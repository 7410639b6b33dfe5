import { hexLines } from './hex-lines.ts';
import { paddedIntegerValue } from './integer-text.ts';

/** numberLines prints a number of up to 64 bits on the line of its label, others below. */
export function numberLines(label: string, body: Uint8Array): string {
  const value = paddedIntegerValue(body);
  if (value.toString(2).length <= 64) return `${label} ${value} (0x${value.toString(16)})\n`;
  return `${label}\n${hexLines(body, 4, 15)}\n`;
}
