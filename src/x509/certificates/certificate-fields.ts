import { Tag } from '../../bytes/der.ts';
import { type Field, Structure } from '../asn1/structure.ts';

/** CertificateFields are the encoded fields of a certificate (RFC 5280 section 4.1), for printing. All are views. */
export interface CertificateFields {
  /** `[0] EXPLICIT`; undefined for version 1. */
  readonly version: Field | undefined;
  readonly serialNumber: Field;
  readonly signedAlgorithm: Field;
  readonly issuer: Field;
  readonly notBefore: Field;
  readonly notAfter: Field;
  readonly subject: Field;
  readonly publicKeyInfo: Field;
  readonly issuerId: Field | undefined;
  readonly subjectId: Field | undefined;
  /** `[3] EXPLICIT` */
  readonly extensions: Field | undefined;
  readonly signatureAlgorithm: Field;
  readonly signature: Field;
}

/** @throws {Malformed} */
export function certificateFields(certificate: Uint8Array): CertificateFields {
  const outer = new Structure(certificate).sequence('certificate');
  const tbs = outer.sequence('tbsCertificate');
  const version = tbs.takeIf('version', 0xa0);
  const serialNumber = tbs.take('serialNumber', Tag.integer);
  const signedAlgorithm = tbs.take('signature', Tag.sequence);
  const issuer = tbs.take('issuer', Tag.sequence);
  const validity = tbs.sequence('validity');
  const notBefore = validity.take('notBefore');
  const notAfter = validity.take('notAfter');
  const subject = tbs.take('subject', Tag.sequence);
  return {
    ...{ version, serialNumber, signedAlgorithm, issuer, notBefore, notAfter, subject },
    publicKeyInfo: tbs.take('subjectPublicKeyInfo', Tag.sequence),
    issuerId: tbs.takeIf('issuerUniqueID', 0x81),
    subjectId: tbs.takeIf('subjectUniqueID', 0x82),
    extensions: tbs.takeIf('extensions', 0xa3),
    signatureAlgorithm: outer.take('signatureAlgorithm', Tag.sequence),
    signature: outer.take('signature', Tag.bitString),
  };
}
