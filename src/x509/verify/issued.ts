import { equal } from '../../bytes/hex.ts';
import { canonicalName } from '../asn1/canonical-name.ts';
import type { CertificateFacts } from '../certificates/certificate.ts';
import { directoryName } from '../extensions/distribution-points.ts';
import type { AuthorityKeyIdentifier } from '../extensions/key-identifiers.ts';
import type { KeyKind } from './key-kind.ts';

/** Linked has the fields that link issuer and subject. Names are in canonical form. */
interface Linked {
  readonly facts: CertificateFacts;
  readonly subject: string;
  readonly issuer: string;
  readonly keyKind: KeyKind | undefined;
  readonly isInvalid: boolean;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
}

/** mayHaveIssued compares names, identifiers and algorithms; it verifies no signature. */
export function mayHaveIssued(issuer: Linked, subject: Linked): boolean {
  return namesFit(issuer, subject) && signatureFitsKey(issuer, subject);
}

/** namesFit compares names and identifiers without the key. */
export function namesFit(issuer: Linked, subject: Linked): boolean {
  if (issuer.subject !== subject.issuer || issuer.isInvalid || subject.isInvalid) return false;
  return matchesAuthority(issuer, subject.authorityKeyIdentifier);
}

/** matchesAuthority compares the fields on both sides (RFC 5280 section 4.2.1.1), of names the first directory name. */
export function matchesAuthority(
  issuer: Pick<Linked, 'facts' | 'issuer' | 'subjectKeyIdentifier'>,
  authority: AuthorityKeyIdentifier | undefined,
): boolean {
  if (authority === undefined) return true;
  const { keyIdentifier, serialNumber } = authority;
  const own = issuer.subjectKeyIdentifier;
  if (keyIdentifier && own && !equal(keyIdentifier, own)) return false;
  if (serialNumber && !equal(serialNumber, issuer.facts.serialNumber)) return false;
  const name = directoryName(authority.issuer);
  return name === undefined || canonicalName(name) === issuer.issuer;
}

/** signatureFitsKey allows RSA-PSS signatures of a plain RSA key. */
export function signatureFitsKey(
  issuer: Pick<Linked, 'keyKind'>,
  { facts: { signature } }: Pick<Linked, 'facts'>,
): boolean {
  if (issuer.keyKind === undefined || signature.keyType === undefined) return false;
  return issuer.keyKind === signature.keyType || (issuer.keyKind === 'RSA' && signature.keyType === 'RSA-PSS');
}
