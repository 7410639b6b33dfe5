import { createPublicKey, type KeyObject } from 'node:crypto';
import { Tag } from '../../bytes/der.ts';
import { equal, latin1, view } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { integerContents } from '../asn1/integer.ts';
import { type DistinguishedName, distinguishedName } from '../asn1/names.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { type Field, Structure } from '../asn1/structure.ts';
import { comparableTime } from '../asn1/time-text.ts';
import { type KeyFacts, keyFacts, unknownKeyFacts } from './key-facts.ts';
import { type CertificateSignature, signatureOf } from './signature-algorithms.ts';

/** CertificateFacts is a decoded certificate (RFC 5280 section 4.1). Byte fields are views of the certificate. */
export interface CertificateFacts {
  readonly der: Uint8Array;
  /** 1 to 3; larger values are versions not defined yet. */
  readonly version: number;
  /** Contents of the INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** Milliseconds since 1970; undefined for a form that RFC 5280 forbids. */
  readonly notBefore: number | undefined;
  readonly notAfter: number | undefined;
  /** `notAfter` in any form that OpenSSL compares, to order certificates by validity. */
  readonly comparableNotAfter: number | undefined;
  readonly signature: CertificateSignature;
  /** The signed bytes. */
  readonly tbs: Uint8Array;
  /** The AlgorithmIdentifier beside the signature; `signedAlgorithm` is the signed one. */
  readonly signatureAlgorithm: Uint8Array;
  readonly signedAlgorithm: Uint8Array;
  readonly signatureValue: Uint8Array;
  /** Unused bits in the last byte of the signature. */
  readonly unusedBits: number;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array;
  /** Undefined for an unknown algorithm or invalid value. */
  readonly publicKey: KeyObject | undefined;
  /** Undefined also for a key that cannot sign in TLS. */
  readonly key: KeyFacts | undefined;
  readonly extensions: readonly Extension[];
  /** Issuer and subject, key identifiers and algorithms agree; the signature is not verified. */
  readonly selfSigned: boolean;
}

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** certificateFacts decodes DER from an untrusted source. @throws {Malformed} only, also for trailing bytes */
export function certificateFacts(der: Uint8Array): CertificateFacts {
  const outer = new Structure(der);
  const certificate = outer.sequence('certificate');
  outer.end('certificate');
  const signed = certificate.take('tbsCertificate', Tag.sequence);
  const signatureAlgorithm = certificate.take('signatureAlgorithm', Tag.sequence);
  const signature = signatureOf(signatureAlgorithm.body);
  const { signatureValue, unusedBits } = takeSignature(certificate);
  certificate.end('certificate');

  const tbs = new Structure(signed.body);
  const version = versionOf(tbs);
  const serialNumber = integerContents(tbs.take('serialNumber', Tag.integer).body);
  const signedAlgorithm = tbs.take('signature', Tag.sequence).encoding;
  const issuer = distinguishedName(tbs.take('issuer', Tag.sequence).encoding);
  const validity = tbs.sequence('validity');
  const notBefore = strictTime(takeTime(validity, 'notBefore'));
  const lastMoment = takeTime(validity, 'notAfter');
  validity.end('validity');
  const subject = distinguishedName(tbs.take('subject', Tag.sequence).encoding);
  const publicKeyInfo = tbs.take('subjectPublicKeyInfo', Tag.sequence).encoding;
  tbs.takeIf('issuerUniqueID', 0x81);
  tbs.takeIf('subjectUniqueID', 0x82);
  const extensions = takeExtensions(tbs, 0xa3);
  tbs.end('tbsCertificate');

  const facts = {
    der,
    version,
    serialNumber,
    issuer,
    subject,
    notBefore,
    notAfter: strictTime(lastMoment),
    comparableNotAfter: comparableTime(lastMoment),
    signature,
    tbs: signed.encoding,
    signatureAlgorithm: signatureAlgorithm.encoding,
    signedAlgorithm,
    signatureValue,
    unusedBits,
    publicKeyInfo,
    ...keyIn(publicKeyInfo),
    extensions,
  };
  return { ...facts, selfSigned: isSelfSigned(facts) };
}

/** takeSignature reads the signature of a certificate or CRL. @throws {Malformed} */
export function takeSignature(from: Structure): Pick<CertificateFacts, 'signatureValue' | 'unusedBits'> {
  const { body } = from.take('signature', Tag.bitString);
  const [unusedBits = 8] = body;
  if (unusedBits > 7) throw new Malformed('unused bits', ['signature']);
  return { signatureValue: body.subarray(1), unusedBits };
}

function versionOf(tbs: Structure): number {
  const field = tbs.takeIf('version', 0xa0);
  if (field === undefined) return 1;
  const inner = new Structure(field.body);
  const { body } = inner.take('version', Tag.integer);
  inner.end('version');
  // RFC 5280 defines 0 to 2; OpenSSL treats later versions as 3.
  const [number = 0x80] = body;
  if (body.length !== 1 || number >= 0x80) throw new Malformed('not 0 to 127', ['version']);
  return number + 1;
}

/** publicKeyFacts decodes a bare SubjectPublicKeyInfo. @throws {Malformed} */
export function publicKeyFacts(info: Uint8Array): Pick<CertificateFacts, 'publicKey' | 'key'> {
  const outer = new Structure(info);
  const fields = outer.sequence('subjectPublicKeyInfo');
  outer.end('subjectPublicKeyInfo');
  fields.take('algorithm', Tag.sequence);
  fields.take('subjectPublicKey', Tag.bitString);
  fields.end('subjectPublicKeyInfo');
  return keyIn(info);
}

function keyIn(info: Uint8Array): Pick<CertificateFacts, 'publicKey' | 'key'> {
  const publicKey = publicKeyFrom(info);
  return { publicKey, key: publicKey ? keyFacts(publicKey) : unknownKeyFacts(info) };
}

function publicKeyFrom(info: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: view(info), type: 'spki', format: 'der' });
  } catch {
    return undefined;
  }
}

/** takeExtensions reads the extensions of a certificate or CRL; `tag` is that of `[n] EXPLICIT`. @throws {Malformed} */
export function takeExtensions(tbs: Structure, tag: number): Extension[] {
  const field = tbs.takeIf('extensions', tag);
  if (field === undefined) return [];
  const outer = new Structure(field.body);
  const list = outer.sequence('extensions');
  outer.end('extensions');
  return extensionsIn(list);
}

/** @throws {Malformed} */
export function extensionsIn(list: Structure): Extension[] {
  const extensions: Extension[] = [];
  while (!list.isEmpty) {
    const extension = list.sequence('extension');
    const oid = dotted(extension.take('extnID', Tag.objectIdentifier).body);
    const critical = extension.flag('critical');
    extensions.push({ oid, critical, value: extension.take('extnValue', Tag.octetString).body });
    extension.end('extension');
  }
  return extensions;
}

const generalizedTime = 0x18;

/** takeTime reads a UTCTime or GeneralizedTime. @throws {Malformed} for any other type */
export function takeTime(structure: Structure, name: string): Field {
  return structure.take(name, Tag.utcTime, generalizedTime);
}

/** strictTime decodes the forms of RFC 5280 section 4.1.2.5, with seconds and zone Z; undefined for any other. */
export function strictTime({ tag, body }: Field): number | undefined {
  const form =
    tag === Tag.utcTime ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
  const fields = body.length > 15 ? null : form.exec(latin1(body));
  if (fields === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  // Date.UTC maps the years 0 to 99 to 1900 to 1999.
  date.setUTCFullYear(tag !== Tag.utcTime ? year : year < 50 ? 2000 + year : 1900 + year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getUTCDate() === day ? date.getTime() : undefined;
}

const subjectKeyIdentifier = '2.5.29.14';
const authorityKeyIdentifier = '2.5.29.35';

/** isSelfSigned applies the rules of OpenSSL 3.0's EXFLAG_SS, which verifies no signature. */
function isSelfSigned(facts: Omit<CertificateFacts, 'selfSigned'>): boolean {
  const { issuer, subject, key, signature, extensions, serialNumber } = facts;
  if (!equal(issuer.der, subject.der) || key === undefined) return false;
  const signedByItsKind =
    key.keyType === signature.keyType || (key.keyType === 'RSA' && signature.keyType === 'RSA-PSS');
  if (!signedByItsKind) return false;
  const own = extensions.find(({ oid }) => oid === subjectKeyIdentifier)?.value;
  const authority = extensions.find(({ oid }) => oid === authorityKeyIdentifier)?.value;
  if (authority === undefined) return true;
  try {
    const fields = new Structure(authority).sequence('authorityKeyIdentifier');
    const keyIdentifier = fields.takeIf('keyIdentifier', 0x80);
    fields.takeIf('authorityCertIssuer', 0xa1);
    const serial = fields.takeIf('authorityCertSerialNumber', 0x82);
    const ownIdentifier = own && new Structure(own).take('subjectKeyIdentifier', Tag.octetString).body;
    if (keyIdentifier && ownIdentifier && !equal(keyIdentifier.body, ownIdentifier)) return false;
    return serial === undefined || equal(serial.body, serialNumber);
  } catch {
    return false;
  }
}
