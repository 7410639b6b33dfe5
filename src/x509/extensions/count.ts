import { Malformed } from '../../bytes/malformed.ts';
import { integerContents } from '../asn1/integer.ts';

/**
 * countFrom decodes an INTEGER that counts certificates; one of more than six bytes gives MAX_SAFE_INTEGER.
 * @throws {Malformed} for an empty or negative one
 */
export function countFrom(body: Uint8Array): number {
  const [first = 0] = integerContents(body);
  if (first >= 0x80) throw new Malformed('not a count');
  if (body.length > 6) return Number.MAX_SAFE_INTEGER;
  return body.reduce((value, byte) => value * 256 + byte, 0);
}
