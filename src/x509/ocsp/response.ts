import { Tag } from '../../bytes/der.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { type Field, Structure } from '../asn1/structure.ts';
import { type Extension, extensionsIn } from '../certificates/certificate.ts';

/** OcspResponse is the outer structure of RFC 6960 section 4.2.1. Byte fields are views. */
export interface OcspResponse {
  /** The response without trailing bytes. */
  readonly der: Uint8Array;
  /** 0: successful. */
  readonly status: number;
  /** Object identifier and content of the ResponseBytes. */
  readonly answer: { readonly type: string; readonly bytes: Uint8Array } | undefined;
}

/** BasicOcspResponse is the content for `basicOcspResponse` (RFC 6960 section 4.2.1). */
export interface BasicOcspResponse {
  /** 0 for version 1. */
  readonly version: number;
  /** `[1]` and a Name, or `[2]` and the hash of a key. */
  readonly responderId: Field;
  readonly producedAt: Field;
  readonly responses: readonly SingleResponse[];
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: Field;
  /** Contents of the BIT STRING. */
  readonly signature: Uint8Array;
  /** DER. */
  readonly certificates: readonly Uint8Array[];
}

export interface SingleResponse {
  readonly certificateId: CertificateId;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revocation: { readonly time: Field; readonly reason: number | undefined } | undefined;
  readonly thisUpdate: Field;
  readonly nextUpdate: Field | undefined;
  readonly extensions: readonly Extension[];
}

interface CertificateId {
  /** Object identifier. */
  readonly hash: string;
  readonly issuerName: Uint8Array;
  readonly issuerKey: Uint8Array;
  /** Contents of the INTEGER. */
  readonly serialNumber: Uint8Array;
}

export const basicOcspResponse = '1.3.6.1.5.5.7.48.1.1';

/** readOcspResponse decodes the outer structure of an untrusted response. @throws {Malformed} only */
export function readOcspResponse(bytes: Uint8Array): OcspResponse {
  const { body, encoding } = new Structure(bytes).take('OCSPResponse', Tag.sequence);
  const fields = new Structure(body);
  const status = integerOf(fields.take('responseStatus', enumerated).body);
  const outer = fields.takeIf('responseBytes', 0xa0);
  fields.end('OCSPResponse');
  if (outer === undefined) return { der: encoding, status, answer: undefined };
  const explicit = new Structure(outer.body);
  const content = explicit.sequence('responseBytes');
  explicit.end('responseBytes');
  const type = dotted(content.take('responseType', Tag.objectIdentifier).body);
  const { body: answer } = content.take('response', Tag.octetString);
  content.end('responseBytes');
  return { der: encoding, status, answer: { type, bytes: answer } };
}

/** readBasicOcspResponse decodes the content of an untrusted response. @throws {Malformed} only */
export function readBasicOcspResponse(bytes: Uint8Array): BasicOcspResponse {
  const outer = new Structure(bytes).sequence('BasicOCSPResponse');
  const fields = outer.sequence('tbsResponseData');
  const version = fields.takeIf('version', 0xa0);
  const responderId = fields.take('responderID', 0xa1, 0xa2);
  const producedAt = fields.take('producedAt', generalizedTime);
  const list = fields.sequence('responses');
  const responses: SingleResponse[] = [];
  while (!list.isEmpty) responses.push(singleResponse(list.sequence('response')));
  const extensions = explicitExtensions(fields, 0xa1);
  fields.end('tbsResponseData');
  const signatureAlgorithm = outer.take('signatureAlgorithm', Tag.sequence);
  const signature = outer.take('signature', Tag.bitString).body;
  const certificates = certificatesIn(outer.takeIf('certs', 0xa0));
  outer.end('BasicOCSPResponse');
  return {
    version: version === undefined ? 0 : integerOf(new Structure(version.body).take('version', Tag.integer).body),
    responderId,
    producedAt,
    responses,
    extensions,
    signatureAlgorithm,
    signature,
    certificates,
  };
}

const enumerated = 0x0a;
const generalizedTime = 0x18;

function singleResponse(fields: Structure): SingleResponse {
  const certificateId = readCertificateId(fields.sequence('certID'));
  const { tag, body } = fields.take('certStatus', 0x80, 0xa1, 0x82);
  const thisUpdate = fields.take('thisUpdate', generalizedTime);
  const next = fields.takeIf('nextUpdate', 0xa0);
  const extensions = explicitExtensions(fields, 0xa1);
  fields.end('response');
  return {
    certificateId,
    status: tag === 0x80 ? 'good' : tag === 0xa1 ? 'revoked' : 'unknown',
    revocation: tag === 0xa1 ? revocationIn(new Structure(body)) : undefined,
    thisUpdate,
    nextUpdate: next && new Structure(next.body).take('nextUpdate', generalizedTime),
    extensions,
  };
}

/** readCertificateId decodes a CertID. @throws {Malformed} */
function readCertificateId(fields: Structure): CertificateId {
  const algorithm = fields.sequence('hashAlgorithm');
  const hash = dotted(algorithm.take('algorithm', Tag.objectIdentifier).body);
  const issuerName = fields.take('issuerNameHash', Tag.octetString).body;
  const issuerKey = fields.take('issuerKeyHash', Tag.octetString).body;
  const serialNumber = fields.take('serialNumber', Tag.integer).body;
  fields.end('certID');
  return { hash, issuerName, issuerKey, serialNumber };
}

function revocationIn(fields: Structure): NonNullable<SingleResponse['revocation']> {
  const time = fields.take('revocationTime', generalizedTime);
  const reason = fields.takeIf('revocationReason', 0xa0);
  return { time, reason: reason && integerOf(new Structure(reason.body).take('reason', enumerated).body) };
}

function explicitExtensions(fields: Structure, tag: number): readonly Extension[] {
  const field = fields.takeIf('extensions', tag);
  return field === undefined ? [] : extensionsIn(new Structure(field.body).sequence('extensions'));
}

function certificatesIn(field: Field | undefined): Uint8Array[] {
  if (field === undefined) return [];
  const list = new Structure(field.body).sequence('certs');
  const found: Uint8Array[] = [];
  while (!list.isEmpty) found.push(list.take('certificate', Tag.sequence).encoding);
  return found;
}

/** integerOf decodes a non-negative number, capped at MAX_SAFE_INTEGER. */
function integerOf(body: Uint8Array): number {
  return body.reduce((value, byte) => Math.min(value * 256 + byte, Number.MAX_SAFE_INTEGER), 0);
}
