import { Malformed } from '../../bytes/malformed.ts';

/** Longest identifier that OpenSSL 3.0 turns into text, in bytes; keeps the arithmetic below cheap. */
const maxLength = 586;

/** dotted decodes the contents of an OBJECT IDENTIFIER (X.690 section 8.19) to `1.2.840.113549`. @throws {Malformed} */
export function dotted(body: Uint8Array): string {
  if (body.length === 0 || body.length > maxLength) throw new Malformed(`object identifier of ${body.length} bytes`);
  const arcs: bigint[] = [];
  let arc = 0n;
  let unfinished = false;
  for (const byte of body) {
    if (!unfinished && byte === 0x80) throw new Malformed('object identifier with a leading zero');
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    unfinished = byte >= 0x80;
    if (unfinished) continue;
    arcs.push(arc);
    arc = 0n;
  }
  if (unfinished) throw new Malformed('object identifier cut short');
  const [first = 0n, ...others] = arcs;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...others].join('.');
}
