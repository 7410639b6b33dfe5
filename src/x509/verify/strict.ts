import { equal } from '../../bytes/hex.ts';
import { KeyUsage } from '../extensions/usage.ts';
import { isAuthority } from './authority.ts';
import { isUnhandled, oids, type PathCertificate } from './path-certificate.ts';
import type { Run } from './run.ts';

/** checkStrictly enforces the rules of RFC 5280 for `-x509_strict`, in OpenSSL 3.0's order. @throws {Refused} */
export function checkStrictly(run: Run, depth: number): void {
  const certificate = run.at(depth);
  const isLast = depth + 1 === run.chain.length;
  for (const [error, isFault] of rules) {
    if (isFault(certificate, isLast ? 'last' : 'other')) run.fault(error, depth);
  }
}

// Errors 90 and 91 cannot occur: a critical key identifier is reported as an unhandled extension.
type Rule = (certificate: PathCertificate, place: 'last' | 'other') => boolean;

const rules: readonly (readonly [error: number, isFault: Rule])[] = [
  [80, (it) => hasPathLength(it) && !isAuthority(it)],
  [81, (it) => hasPathLength(it) && !hasUsage(it, KeyUsage.keyCertSign)],
  [89, (it) => isAuthority(it) && !isMarked(it, oids.basicConstraints)],
  [92, (it) => isAuthority(it) && it.keyUsage === undefined],
  [82, (it) => !isAuthority(it) && hasUsage(it, KeyUsage.keyCertSign)],
  [83, ({ facts }) => facts.issuer.attributes.length === 0],
  [84, (it) => hasEmptySubject(it) && (isAuthority(it) || hasUsage(it, KeyUsage.crlSign) || !it.alternativeNames)],
  [88, (it) => hasEmptySubject(it) && it.alternativeNames !== undefined && !isMarked(it, oids.subjectAltName)],
  [87, ({ alternativeNames }) => alternativeNames?.length === 0],
  [78, ({ facts }) => !equal(facts.signatureAlgorithm, facts.signedAlgorithm)],
  [85, (it, place) => it.facts.version >= 3 && place === 'other' && !it.authorityKeyIdentifier?.keyIdentifier],
  [86, (it) => it.facts.version >= 3 && isAuthority(it) && it.subjectKeyIdentifier === undefined],
  [93, ({ facts }) => facts.version < 3 && facts.extensions.length > 0],
];

/** isMarked reports a critical extension; as in OpenSSL 3.0, one after an unhandled one does not count. */
function isMarked({ facts }: PathCertificate, oid: string): boolean {
  return facts.extensions.find((it) => isUnhandled(it) || (it.critical && it.oid === oid))?.oid === oid;
}

function hasPathLength({ basicConstraints }: PathCertificate): boolean {
  return basicConstraints?.pathLength !== undefined;
}

function hasUsage({ keyUsage }: PathCertificate, usage: number): boolean {
  return ((keyUsage ?? 0) & usage) !== 0;
}

function hasEmptySubject({ facts }: PathCertificate): boolean {
  return facts.subject.attributes.length === 0;
}
