import { Tag } from '../../bytes/der.ts';
import { hex } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { canonicalName } from '../asn1/canonical-name.ts';
import { integerContents, integerValue } from '../asn1/integer.ts';
import { type DistinguishedName, distinguishedName } from '../asn1/names.ts';
import { Structure } from '../asn1/structure.ts';
import { comparableTime } from '../asn1/time-text.ts';
import { type IssuingDistributionPoint, issuingDistributionPoint } from '../extensions/distribution-points.ts';
import { type GeneralName, generalNames } from '../extensions/general-name.ts';
import { type AuthorityKeyIdentifier, authorityKeyIdentifier } from '../extensions/key-identifiers.ts';
import { type Extension, extensionsIn, strictTime, takeExtensions, takeSignature, takeTime } from './certificate.ts';
import { type CertificateSignature, signatureOf } from './signature-algorithms.ts';

/** Crl is a decoded certificate revocation list (RFC 5280 section 5). Byte fields are views of the list. */
export interface Crl {
  readonly der: Uint8Array;
  readonly issuerName: DistinguishedName;
  /** Canonical form of the issuer's name. */
  readonly issuer: string;
  /** Milliseconds since 1970; undefined for a form that RFC 5280 forbids. */
  readonly thisUpdate: number | undefined;
  /** `thisUpdate` in any form that OpenSSL compares, to order lists by age. */
  readonly comparableThisUpdate: number | undefined;
  /** `none`: the field is absent. */
  readonly nextUpdate: number | undefined | 'none';
  readonly signature: CertificateSignature;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly signedAlgorithm: Uint8Array;
  readonly signatureValue: Uint8Array;
  /** Unused bits in the last byte of the signature. */
  readonly unusedBits: number;
  readonly extensions: readonly Extension[];
  /** `unusable`: restricted to more than one kind of certificate. */
  readonly distributionPoint: IssuingDistributionPoint | undefined | 'unusable';
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly number: bigint | undefined;
  /** CRL number of the base list; set in delta lists only. */
  readonly baseNumber: bigint | undefined;
  readonly hasFreshest: boolean;
  /** The list or an entry has an unknown critical extension. */
  readonly hasUnknownCritical: boolean;
  /** Entries by serial number in lowercase hexadecimal. */
  readonly entries: ReadonlyMap<string, readonly CrlEntry[]>;
}

export interface CrlEntry {
  /** Certificate issuer; undefined for the issuer of the list. */
  readonly issuer: readonly GeneralName[] | undefined;
  /** CRLReason; `removeFromCRL` (8) revokes a revocation. */
  readonly reason: number | undefined;
}

/** CRLReason removeFromCRL of delta lists (RFC 5280 section 5.3.1). */
export const removeFromCrl = 8;

/** readCrl decodes DER from an untrusted source. @throws {Malformed} only */
export function readCrl(der: Uint8Array): Crl {
  const outer = new Structure(der);
  const list = outer.sequence('crl');
  outer.end('crl');
  const signed = list.take('tbsCertList', Tag.sequence);
  const signatureAlgorithm = list.take('signatureAlgorithm', Tag.sequence);
  const { signatureValue, unusedBits } = takeSignature(list);
  list.end('crl');

  const tbs = new Structure(signed.body);
  tbs.takeIf('version', Tag.integer);
  const signedAlgorithm = tbs.take('signature', Tag.sequence).encoding;
  const issuerName = distinguishedName(tbs.take('issuer', Tag.sequence).encoding);
  const firstMoment = takeTime(tbs, 'thisUpdate');
  const nextUpdate = tbs.nextIs(Tag.utcTime, 0x18) ? strictTime(takeTime(tbs, 'nextUpdate')) : 'none';
  const { entries, hasUnknownCritical } = readEntries(tbs.takeIf('revokedCertificates', Tag.sequence)?.body);
  const extensions = takeExtensions(tbs, 0xa0);
  tbs.end('tbsCertList');
  const firstUnknown = extensions.findIndex(({ oid, critical }) => critical && !understood.has(oid));
  // OpenSSL 3.0 ignores the extensions after the first unknown critical one.
  const beforeUnknown = firstUnknown < 0 ? extensions : extensions.slice(0, firstUnknown + 1);
  return {
    der,
    issuerName,
    issuer: canonicalName(issuerName),
    thisUpdate: strictTime(firstMoment),
    comparableThisUpdate: comparableTime(firstMoment),
    nextUpdate,
    signature: signatureOf(signatureAlgorithm.body),
    tbs: signed.encoding,
    signatureAlgorithm: signatureAlgorithm.encoding,
    signedAlgorithm,
    signatureValue,
    unusedBits,
    extensions,
    distributionPoint: decoded(extensions, '2.5.29.28', issuingDistributionPoint),
    authorityKeyIdentifier: decoded(extensions, '2.5.29.35', authorityKeyIdentifier),
    number: decoded(extensions, '2.5.29.20', numberFrom),
    baseNumber: decoded(extensions, '2.5.29.27', numberFrom),
    hasFreshest: beforeUnknown.some(({ oid }) => oid === '2.5.29.46'),
    hasUnknownCritical: hasUnknownCritical || firstUnknown >= 0,
    entries,
  };
}

/** Extensions that may be critical: issuing distribution point, authority key identifier, delta indicator. */
const understood: ReadonlySet<string> = new Set(['2.5.29.28', '2.5.29.35', '2.5.29.27']);

function numberFrom(value: Uint8Array): bigint {
  const { body } = new Structure(value).take('number', Tag.integer);
  if (body.length > 64) throw new Malformed(`number of ${body.length} bytes`);
  return integerValue(body);
}

/** decoded treats an unreadable or repeated extension as absent, as OpenSSL 3.0 does. */
function decoded<T>(extensions: readonly Extension[], oid: string, decode: (value: Uint8Array) => T): T | undefined {
  const found = valueIn(extensions, oid, decode);
  return found === 'unreadable' ? undefined : found;
}

function valueIn<T>(
  extensions: readonly Extension[],
  oid: string,
  decode: (value: Uint8Array) => T,
): T | undefined | 'unreadable' {
  const [found, second] = extensions.filter((it) => it.oid === oid);
  if (second) return 'unreadable';
  try {
    return found && decode(found.value);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return 'unreadable';
  }
}

interface Entries {
  readonly entries: Map<string, CrlEntry[]>;
  readonly hasUnknownCritical: boolean;
}

/**
 * readEntries gives an entry without an issuer that of the entry before (RFC 5280 section 5.3.3). As in OpenSSL 3.0, an
 * unreadable entry extension discards the extensions of its entry and of all later ones.
 */
function readEntries(body: Uint8Array | undefined): Entries {
  const entries = new Map<string, CrlEntry[]>();
  let hasUnknownCritical = false;
  let issuer: readonly GeneralName[] | undefined;
  let isReadable = true;
  const list = new Structure(body ?? new Uint8Array(0));
  while (!list.isEmpty) {
    const fields = list.sequence('entry');
    const serial = hex(integerContents(fields.take('userCertificate', Tag.integer).body));
    takeTime(fields, 'revocationDate');
    const extensions = fields.isEmpty ? [] : extensionsIn(fields.sequence('crlEntryExtensions'));
    fields.end('entry');
    const about: CrlEntry | undefined = isReadable ? entryFrom(extensions, issuer) : undefined;
    isReadable &&= about !== undefined;
    issuer = about?.issuer;
    hasUnknownCritical ||= isReadable && extensions.some(({ oid, critical }) => critical && oid !== certificateIssuer);
    append(entries, serial, about ?? { issuer: undefined, reason: undefined });
  }
  return { entries, hasUnknownCritical };
}

function append(entries: Map<string, CrlEntry[]>, serial: string, entry: CrlEntry): void {
  const known = entries.get(serial);
  if (known) known.push(entry);
  else entries.set(serial, [entry]);
}

function entryFrom(extensions: readonly Extension[], before: CrlEntry['issuer']): CrlEntry | undefined {
  const issuer = valueIn(extensions, certificateIssuer, issuerNames);
  const reason = valueIn(extensions, '2.5.29.21', reasonFrom);
  return issuer === 'unreadable' || reason === 'unreadable' ? undefined : { issuer: issuer ?? before, reason };
}

const certificateIssuer = '2.5.29.29';
const enumerated = 0x0a;

function issuerNames(value: Uint8Array): GeneralName[] {
  const { body } = new Structure(value).take('certificateIssuer', Tag.sequence);
  return generalNames(body);
}

function reasonFrom(value: Uint8Array): number {
  const { body } = new Structure(value).take('reasonCode', enumerated);
  return body[0] ?? 0;
}
