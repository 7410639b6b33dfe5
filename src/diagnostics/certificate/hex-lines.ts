import { hex } from '../../bytes/hex.ts';

/**
 * hexLines prints bytes separated by colons, `perLine` on a line; every line indented, only the last without a colon at
 * its end.
 */
export function hexLines(bytes: Uint8Array, indent: number, perLine: number): string {
  const margin = ' '.repeat(indent);
  const pairs = hex(bytes).match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += perLine) lines.push(margin + pairs.slice(at, at + perLine).join(':'));
  return lines.join(':\n');
}

/** upperHexWithColons returns `AA:BB:CC`. */
export function upperHexWithColons(bytes: Uint8Array): string {
  return hexLines(bytes, 0, Number.POSITIVE_INFINITY).toUpperCase();
}
