import { Tag } from '../../bytes/der.ts';
import { integerContents } from '../asn1/integer.ts';
import { Structure } from '../asn1/structure.ts';
import { type GeneralName, generalNames } from './general-name.ts';

/** RFC 5280 section 4.2.1.1 */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | undefined;
  readonly issuer: readonly GeneralName[] | undefined;
  readonly serialNumber: Uint8Array | undefined;
}

/** @throws {Malformed} */
export function authorityKeyIdentifier(value: Uint8Array): AuthorityKeyIdentifier {
  const fields = new Structure(value).sequence('authorityKeyIdentifier');
  const keyIdentifier = fields.takeIf('keyIdentifier', 0x80)?.body;
  const issuer = fields.takeIf('authorityCertIssuer', 0xa1);
  const serialNumber = fields.takeIf('authorityCertSerialNumber', 0x82);
  fields.end('authorityKeyIdentifier');
  return {
    keyIdentifier,
    issuer: issuer && generalNames(issuer.body),
    serialNumber: serialNumber && integerContents(serialNumber.body),
  };
}

/** RFC 5280 section 4.2.1.2. @throws {Malformed} */
export function subjectKeyIdentifier(value: Uint8Array): Uint8Array {
  const { body } = new Structure(value).take('subjectKeyIdentifier', Tag.octetString);
  return body;
}
