import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { Structure } from '../asn1/structure.ts';

/** KeyUsage bits (RFC 5280 section 4.2.1.3): bit 0 is the highest of the first byte; the second is shifted by 8. */
export const KeyUsage = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyEncipherment: 0x20,
  dataEncipherment: 0x10,
  keyAgreement: 0x08,
  keyCertSign: 0x04,
  crlSign: 0x02,
  encipherOnly: 0x01,
  decipherOnly: 0x8000,
} as const;

/** @throws {Malformed} also for no bits */
export function keyUsage(value: Uint8Array): number {
  const bits = bitsFrom(value);
  if (bits === 0) throw new Malformed('no usage', ['keyUsage']);
  return bits;
}

/** NetscapeType bits state the purpose of a certificate; they predate the extended key usage. */
export const NetscapeType = {
  sslClient: 0x80,
  sslServer: 0x40,
  smime: 0x20,
  sslAuthority: 0x04,
  smimeAuthority: 0x02,
  anyAuthority: 0x07,
} as const;

/** @throws {Malformed} */
export function netscapeType(value: Uint8Array): number {
  return bitsFrom(value) & 0xff;
}

/** extendedKeyUsage returns the object identifiers of RFC 5280 section 4.2.1.12. @throws {Malformed} */
export function extendedKeyUsage(value: Uint8Array): ReadonlySet<string> {
  const fields = new Structure(value).sequence('extKeyUsage');
  const purposes = new Set<string>();
  while (!fields.isEmpty) purposes.add(dotted(fields.take('KeyPurposeId', Tag.objectIdentifier).body));
  return purposes;
}

/** bitsFrom decodes a whole BIT STRING as bitString does. @throws {Malformed} */
function bitsFrom(value: Uint8Array): number {
  const { body } = new Structure(value).take('bits', Tag.bitString);
  return bitString(body);
}

/** bitString returns the first two bytes of a BIT STRING's contents, without unused bits. @throws {Malformed} */
export function bitString(body: Uint8Array): number {
  const [unused, first = 0, second = 0] = body;
  if (unused === undefined || unused > 7) throw new Malformed('unused bits', ['bit string']);
  const used = 0xff << unused;
  if (body.length === 2) return first & used;
  return first | ((body.length === 3 ? second & used : second) << 8);
}
