import { Tag } from '../bytes/der.ts';
import { hex } from '../bytes/hex.ts';
import { Malformed } from '../bytes/malformed.ts';
import { canonicalName } from './canonical-name.ts';
import { type Extension, extensionsIn, takeExtensions, takeTime } from './certificate.ts';
import { type IssuingDistributionPoint, issuingDistributionPoint } from './extensions/distribution-points.ts';
import { type GeneralName, generalNames } from './extensions/general-name.ts';
import { type AuthorityKeyIdentifier, authorityKeyIdentifier } from './extensions/key-identifiers.ts';
import { integerContents, integerValue } from './integer.ts';
import { type DistinguishedName, distinguishedName } from './names.ts';
import { type CertificateSignature, signatureOf } from './signature-algorithms.ts';
import { Structure } from './structure.ts';

/** A certificate revocation list (RFC 5280 section 5). Byte fields are views of the list. */
export interface Crl {
  readonly der: Uint8Array;
  readonly issuerName: DistinguishedName;
  /** Canonical form of the issuer's name. */
  readonly issuer: string;
  /** Milliseconds since 1970; undefined where the time has no form that RFC 5280 allows. */
  readonly thisUpdate: number | undefined;
  /** `none` where the list does not say. */
  readonly nextUpdate: number | undefined | 'none';
  readonly signature: CertificateSignature;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly signedAlgorithm: Uint8Array;
  readonly signatureValue: Uint8Array;
  readonly extensions: readonly Extension[];
  /** `unusable` where the extension cannot be read. */
  readonly distributionPoint: IssuingDistributionPoint | undefined | 'unusable';
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly number: bigint | undefined;
  /** Of a delta list: the number of the list that it continues. */
  readonly baseNumber: bigint | undefined;
  readonly hasFreshest: boolean;
  /** A critical extension, of the list or of an entry, that is not understood. */
  readonly hasUnknownCritical: boolean;
  /** By the serial number in lowercase hexadecimal. */
  readonly entries: ReadonlyMap<string, readonly CrlEntry[]>;
}

export interface CrlEntry {
  /** Undefined: whoever has issued the list. */
  readonly issuer: readonly GeneralName[] | undefined;
  /** `removeFromCRL` (8) takes a revocation back. */
  readonly reason: number | undefined;
}

/** CRLReason of RFC 5280 section 5.3.1 that a delta list uses. */
export const removeFromCrl = 8;

/** @throws {Malformed}; nothing else, whatever the bytes */
export function readCrl(der: Uint8Array): Crl {
  const outer = new Structure(der);
  const list = outer.sequence('crl');
  outer.end('crl');
  const signed = list.take('tbsCertList', Tag.sequence);
  const signatureAlgorithm = list.take('signatureAlgorithm', Tag.sequence);
  const signatureValue = list.take('signature', Tag.bitString).body.subarray(1);
  list.end('crl');

  const tbs = new Structure(signed.body);
  tbs.takeIf('version', Tag.integer);
  const signedAlgorithm = tbs.take('signature', Tag.sequence).encoding;
  const issuerName = distinguishedName(tbs.take('issuer', Tag.sequence).encoding);
  const thisUpdate = takeTime(tbs, 'thisUpdate');
  const nextUpdate = tbs.nextIs(Tag.utcTime, 0x18) ? takeTime(tbs, 'nextUpdate') : 'none';
  const { entries, hasUnknownCritical } = readEntries(tbs.takeIf('revokedCertificates', Tag.sequence)?.body);
  const extensions = takeExtensions(tbs, 0xa0);
  tbs.end('tbsCertList');

  const number = integerOf(extensions, '2.5.29.20');
  const baseNumber = integerOf(extensions, '2.5.29.27');
  return {
    der,
    issuerName,
    issuer: canonicalName(issuerName),
    thisUpdate,
    nextUpdate,
    signature: signatureOf(signatureAlgorithm.body),
    tbs: signed.encoding,
    signatureAlgorithm: signatureAlgorithm.encoding,
    signedAlgorithm,
    signatureValue,
    extensions,
    distributionPoint: distributionPointOf(extensions),
    authorityKeyIdentifier: decoded(extensions, '2.5.29.35', authorityKeyIdentifier),
    number,
    baseNumber,
    hasFreshest: extensions.some(({ oid }) => oid === '2.5.29.46'),
    hasUnknownCritical: hasUnknownCritical || extensions.some(({ oid, critical }) => critical && !understood.has(oid)),
    entries,
  };
}

/** Issuing distribution point, authority key identifier, delta indicator. */
const understood: ReadonlySet<string> = new Set(['2.5.29.28', '2.5.29.35', '2.5.29.27']);

function distributionPointOf(extensions: readonly Extension[]): Crl['distributionPoint'] {
  try {
    return decoded(extensions, '2.5.29.28', issuingDistributionPoint);
  } catch {
    return 'unusable';
  }
}

function integerOf(extensions: readonly Extension[], oid: string): bigint | undefined {
  return decoded(extensions, oid, (value) => {
    const outer = new Structure(value);
    const { body } = outer.take('number', Tag.integer);
    outer.end('number');
    if (body.length > 64) throw new Malformed(`number of ${body.length} bytes`);
    return integerValue(body);
  });
}

function decoded<T>(extensions: readonly Extension[], oid: string, decode: (value: Uint8Array) => T): T | undefined {
  const [found, second] = extensions.filter((it) => it.oid === oid);
  if (second) throw new Malformed(`${oid} twice`, ['crlExtensions']);
  return found && decode(found.value);
}

/** An entry without an issuer has that of the entry before (RFC 5280 section 5.3.3). */
function readEntries(body: Uint8Array | undefined): { entries: Map<string, CrlEntry[]>; hasUnknownCritical: boolean } {
  const entries = new Map<string, CrlEntry[]>();
  let hasUnknownCritical = false;
  let issuer: readonly GeneralName[] | undefined;
  const list = new Structure(body ?? new Uint8Array(0));
  while (!list.isEmpty) {
    const fields = list.sequence('entry');
    const serial = hex(integerContents(fields.take('userCertificate', Tag.integer).body));
    takeTime(fields, 'revocationDate');
    const extensions = fields.isEmpty ? [] : extensionsIn(fields.sequence('crlEntryExtensions'));
    fields.end('entry');
    issuer = decoded(extensions, certificateIssuer, issuerNames) ?? issuer;
    hasUnknownCritical ||= extensions.some(({ oid, critical }) => critical && oid !== certificateIssuer);
    const entry = { issuer, reason: decoded(extensions, '2.5.29.21', reasonFrom) };
    const known = entries.get(serial);
    if (known) known.push(entry);
    else entries.set(serial, [entry]);
  }
  return { entries, hasUnknownCritical };
}

const certificateIssuer = '2.5.29.29';
const enumerated = 0x0a;

function issuerNames(value: Uint8Array): GeneralName[] {
  const outer = new Structure(value);
  const { body } = outer.take('certificateIssuer', Tag.sequence);
  outer.end('certificateIssuer');
  return generalNames(body);
}

function reasonFrom(value: Uint8Array): number {
  const outer = new Structure(value);
  const { body } = outer.take('reasonCode', enumerated);
  outer.end('reasonCode');
  return body[0] ?? 0;
}
