import { generateKeyPairSync } from 'node:crypto';
import { elementAt, elementsOf, Tag } from '../../bytes/der.ts';
import { hex } from '../../bytes/hex.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { BadShare } from './agreement.ts';

/** The first byte of a point (SEC 1 section 2.3.3). */
export const PointForm = { infinity: 0x00, compressedEven: 0x02, compressedOdd: 0x03, uncompressed: 0x04 } as const;

/** A point that a curve does not take, with the line of the reference's library about it. */
export function pointFault(curve: string, point: Uint8Array, fieldLength: number): BadShare {
  const field = /^(?:sect|c2|wap)/.test(curve) ? 'GF2m' : 'GFp';
  const [form] = point;
  if (form === undefined)
    return new BadShare('length', line(100, 'buffer too small', `ossl_ec_${field}_simple_oct2point`));
  if (form === PointForm.infinity && point.length === 1)
    return new BadShare('point', line(106, 'point at infinity', 'ossl_ec_key_public_check_quick'));
  const isUncompressed = form === PointForm.uncompressed;
  const isCompressed = form === PointForm.compressedEven || form === PointForm.compressedOdd;
  const length = 1 + (isUncompressed ? 2 : 1) * fieldLength;
  const invalid = line(102, 'invalid encoding', `ossl_ec_${field}_simple_oct2point`);
  if (!isUncompressed && !isCompressed) return new BadShare('point', invalid);
  if (point.length !== length) return new BadShare('length', invalid);
  const coordinates = isUncompressed
    ? [point.subarray(1, 1 + fieldLength), point.subarray(1 + fieldLength)]
    : [point.subarray(1)];
  const bound = fieldBound(curve);
  if (coordinates.some((it) => number(it) >= bound)) return new BadShare('point', invalid);
  if (isUncompressed)
    return new BadShare('point', line(107, 'point is not on curve', 'EC_POINT_set_affine_coordinates'));
  return new BadShare(
    'point',
    line(110, 'invalid compressed point', `ossl_ec_${field}_simple_set_compressed_coordinates`),
  );
}

/**
 * The first number that is no coordinate, from the parameters that a key of the curve is saved with (RFC 3279 section
 * 2.3.5): SEQUENCE { version, fieldID { type, prime, or of a binary field its degree } }.
 */
function fieldBound(curve: string): bigint {
  const { publicKey } = generateKeyPairSync('ec', {
    namedCurve: curve,
    paramEncoding: 'explicit',
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  const [algorithm] = elementsOf(elementAt(publicKey, 0).body);
  const parameters = elementsOf(algorithm?.body ?? publicKey)[1];
  const fieldId = elementsOf(parameters?.body ?? publicKey)[1];
  const value = elementsOf(fieldId?.body ?? publicKey)[1];
  if (value === undefined) throw new Error(`no field of ${curve}`);
  if (value.tag === Tag.integer) return number(value.body);
  const [degree] = elementsOf(value.body);
  return 1n << number(degree?.body ?? value.body);
}

function number(bytes: Uint8Array): bigint {
  return BigInt(`0x0${hex(bytes)}`);
}

/** 16 is the number of the library of elliptic curves. */
function line(reason: number, text: string, where: string): ErrorLine {
  return { library: 16, reason, text, function: where };
}
