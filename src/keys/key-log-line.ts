import { hex } from '../bytes/hex.ts';

/** A secret in the format that packet analysers read (RFC 9850), with its line feed. */
export function keyLogLine(label: string, clientRandom: Uint8Array, secret: Uint8Array): string {
  return `${label} ${hex(clientRandom)} ${hex(secret)}\n`;
}
