import { equal, latin1 } from '../../bytes/hex.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { canonicalName } from '../asn1/canonical-name.ts';
import { Structure } from '../asn1/structure.ts';
import { type CertificateFacts, certificateFacts, type Extension } from '../certificates/certificate.ts';
import type { TrustSettings } from '../certificates/trust-settings.ts';
import { type BasicConstraints, basicConstraints, proxyPathLength } from '../extensions/basic-constraints.ts';
import { type DistributionPoint, distributionPoints } from '../extensions/distribution-points.ts';
import { type GeneralName, generalNames } from '../extensions/general-name.ts';
import {
  type AuthorityKeyIdentifier,
  authorityKeyIdentifier,
  subjectKeyIdentifier,
} from '../extensions/key-identifiers.ts';
import { type NameConstraints, nameConstraints } from '../extensions/name-constraints.ts';
import {
  type AddressFamily,
  type AutonomousSystems,
  addressBlocks,
  autonomousSystems,
} from '../extensions/resources.ts';
import { extendedKeyUsage, keyUsage, netscapeType } from '../extensions/usage.ts';
import { matchesAuthority, signatureFitsKey } from './issued.ts';
import { type KeyKind, keyKindOf } from './key-kind.ts';

/** PathCertificate is a certificate with its extensions decoded for verification. */
export interface PathCertificate {
  readonly facts: CertificateFacts;
  readonly trust: TrustSettings | undefined;
  /** Canonical forms of the names. */
  readonly subject: string;
  readonly issuer: string;
  readonly keyKind: KeyKind | undefined;
  readonly selfIssued: boolean;
  /** Self-issued with matching identifiers and algorithms; false for an invalid certificate. */
  readonly selfSigned: boolean;
  /** An extension is unreadable or repeated: the certificate matches no issuer and no subject. */
  readonly isInvalid: boolean;
  readonly hasUnknownCritical: boolean;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: number | undefined;
  readonly extendedKeyUsage: ReadonlySet<string> | undefined;
  readonly netscapeType: number | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly alternativeNames: readonly GeneralName[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly distributionPoints: readonly DistributionPoint[] | undefined;
  readonly addressBlocks: readonly AddressFamily[] | undefined;
  readonly autonomousSystems: AutonomousSystems | undefined;
  /** Proxy certificate information (RFC 3820); undefined for any other certificate. */
  readonly proxy: { readonly pathLength: number | undefined } | undefined;
  readonly hasFreshest: boolean;
}

/**
 * pathCertificate decodes an untrusted certificate. `der` has no trust settings.
 * @throws {Malformed} only
 */
export function pathCertificate(der: Uint8Array, trust?: TrustSettings): PathCertificate {
  const facts = certificateFacts(der);
  const extensions = new ExtensionValues(facts);
  const proxy = extensions.decoded('1.3.6.1.5.5.7.1.14', (value) => ({ pathLength: proxyPathLength(value) }));
  const basics = {
    facts,
    trust,
    subject: canonicalName(facts.subject),
    issuer: canonicalName(facts.issuer),
    keyKind: keyKindOf(facts),
    basicConstraints: extensions.decoded(oids.basicConstraints, basicConstraints),
    keyUsage: extensions.decoded('2.5.29.15', keyUsage),
    extendedKeyUsage: extensions.decoded(oids.extendedKeyUsage, extendedKeyUsage),
    netscapeType: extensions.decoded('2.16.840.1.113730.1.1', netscapeType),
    subjectKeyIdentifier: extensions.decoded(oids.subjectKeyIdentifier, subjectKeyIdentifier),
    authorityKeyIdentifier: extensions.decoded(oids.authorityKeyIdentifier, authorityKeyIdentifier),
    alternativeNames: extensions.decoded(oids.subjectAltName, alternativeNames),
    nameConstraints: extensions.decoded('2.5.29.30', nameConstraints),
    distributionPoints: extensions.decoded('2.5.29.31', distributionPoints),
    addressBlocks: extensions.decoded(oids.addressBlocks, addressBlocks),
    autonomousSystems: extensions.decoded(oids.autonomousSystems, autonomousSystems),
    proxy,
    hasFreshest: extensions.has('2.5.29.46'),
  };
  const isFaultyProxy =
    proxy !== undefined &&
    (basics.basicConstraints?.isAuthority || extensions.has(oids.subjectAltName) || extensions.has('2.5.29.18'));
  const selfIssued = basics.subject === basics.issuer;
  const isInvalid = extensions.hasFault || isFaultyProxy === true;
  const agrees = matchesAuthority(basics, basics.authorityKeyIdentifier) && signatureFitsKey(basics, basics);
  return {
    ...basics,
    selfIssued,
    selfSigned: selfIssued && agrees && !isInvalid,
    isInvalid,
    hasUnknownCritical: facts.extensions.some(isUnhandled),
  };
}

/** isUnhandled reports a critical extension that verification does not know. */
export function isUnhandled({ oid, critical }: Extension): boolean {
  return critical && !understood.has(oid);
}

/** isCritical reports if the extension is present and critical. */
export function isCritical({ facts }: PathCertificate, oid: string): boolean {
  return facts.extensions.find((it) => it.oid === oid)?.critical === true;
}

export function sameCertificate(a: PathCertificate, b: PathCertificate): boolean {
  return a === b || equal(a.facts.der, b.facts.der);
}

/** fingerprint identifies a certificate: its DER, one character a byte. */
export function fingerprint({ facts }: PathCertificate): string {
  return latin1(facts.der);
}

export const oids = {
  subjectKeyIdentifier: '2.5.29.14',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  addressBlocks: '1.3.6.1.5.5.7.1.7',
  autonomousSystems: '1.3.6.1.5.5.7.1.8',
} as const;

/** Extensions that may be critical. Key identifiers may not, as in OpenSSL 3.0 and RFC 5280. */
const understood: ReadonlySet<string> = new Set([
  '2.16.840.1.113730.1.1', // Netscape certificate type
  '2.5.29.15', // key usage
  oids.subjectAltName,
  oids.basicConstraints,
  '2.5.29.30', // name constraints
  '2.5.29.31', // CRL distribution points
  '2.5.29.32', // certificate policies
  '2.5.29.33', // policy mappings
  '2.5.29.36', // policy constraints
  oids.extendedKeyUsage,
  '2.5.29.54', // inhibit anyPolicy
  oids.addressBlocks,
  oids.autonomousSystems,
  '1.3.6.1.5.5.7.48.1.5', // OCSP no check
  '1.3.6.1.5.5.7.1.14', // proxy certificate information
]);

class ExtensionValues {
  hasFault = false;
  private readonly values = new Map<string, Uint8Array>();
  private readonly repeated = new Set<string>();

  constructor({ extensions }: CertificateFacts) {
    for (const { oid, value } of extensions) {
      if (this.values.has(oid)) this.repeated.add(oid);
      this.values.set(oid, value);
    }
  }

  has(oid: string): boolean {
    return this.values.has(oid);
  }

  decoded<T>(oid: string, decode: (value: Uint8Array) => T): T | undefined {
    const value = this.values.get(oid);
    if (value === undefined) return undefined;
    try {
      if (!this.repeated.has(oid)) return decode(value);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
    this.hasFault = true;
    return undefined;
  }
}

function alternativeNames(value: Uint8Array): GeneralName[] {
  const { body } = new Structure(value).take('subjectAltName', 0x30);
  return generalNames(body);
}
