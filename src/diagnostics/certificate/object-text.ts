import { objectNames } from '../../names/object-names.ts';
import { dotted } from '../../x509/asn1/object-identifier.ts';

/** objectText returns the long name of an object identifier, or its numbers. */
export function objectText(identifier: string): string {
  return objectNames(identifier)?.long ?? identifier;
}

/** objectTextOf reads the contents of an OBJECT IDENTIFIER. @throws {Malformed} */
export function objectTextOf(body: Uint8Array): string {
  return objectText(dotted(body));
}
