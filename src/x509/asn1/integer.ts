import { Malformed } from '../../bytes/malformed.ts';

/**
 * integerContents returns the contents of an INTEGER if they are the shortest possible (X.690 section 8.3.2).
 * @throws {Malformed}
 */
export function integerContents(body: Uint8Array): Uint8Array {
  const [first, second = 0] = body;
  if (first === undefined) throw new Malformed('integer without a byte');
  const isPadded = body.length > 1 && (second < 0x80 ? first === 0 : first === 0xff);
  if (isPadded) throw new Malformed('integer with padding');
  return body;
}

/** integerValue decodes the contents of an INTEGER. @throws {Malformed} */
export function integerValue(body: Uint8Array): bigint {
  const digits = Buffer.from(integerContents(body)).toString('hex');
  return BigInt.asIntN(8 * body.length, BigInt(`0x${digits}`));
}
