import { canonicalName, utf8Text } from '../../asn1/canonical-name.ts';
import type { GeneralName } from '../../extensions/general-name.ts';
import type { PathCertificate } from '../path-certificate.ts';
import { type Run, Verify } from '../run.ts';
import { constraintFault, directoryOf, textName } from './constrained-name.ts';

/**
 * checkNames checks the names of every certificate against the constraints of all above it, including the trust
 * anchor's, and the names of proxy certificates.
 * @throws {Refused}
 */
export function checkNames(run: Run): void {
  const last = run.chain.length - 1;
  for (let depth = last; depth >= 0; depth--) {
    const certificate = run.at(depth);
    if (depth !== 0 && certificate.selfIssued) continue;
    if (certificate.proxy) run.faultUnless(isProxyName(certificate), Verify.proxyName, depth);
    for (let above = last; above > depth; above--) {
      const error = faultUnder(run, certificate, above, depth === 0 ? 'leaf' : 'authority');
      if (error !== undefined) run.fault(error, depth);
    }
  }
}

const commonName = '2.5.4.3';
const emailAddress = '1.2.840.113549.1.9.1';
const ia5String = 0x16;

function faultUnder(run: Run, subject: PathCertificate, above: number, role: 'leaf' | 'authority') {
  const constraints = run.at(above).nameConstraints;
  if (constraints === undefined) return undefined;
  const names = namesOf(subject);
  if (role === 'leaf' && !hasDnsName(subject)) names.push(...hostNames(subject));
  const count = names.length * (constraints.permitted.length + constraints.excluded.length);
  run.budget.comparisons -= count;
  if (count > mostComparisons || run.budget.comparisons < 0) return Verify.unspecified;
  for (const name of names) {
    const error = name === undefined ? Verify.unsupportedNameSyntax : constraintFault(name, constraints);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Limit for one certificate under another. */
const mostComparisons = 2 ** 20;

/** CheckedName is undefined for an invalid name. */
type CheckedName = GeneralName | undefined;

/** namesOf returns undefined for an address that is no IA5String. */
function namesOf({ facts: { subject }, alternativeNames = [] }: PathCertificate): CheckedName[] {
  if (subject.attributes.length === 0) return [...alternativeNames];
  const addresses = subject.attributes
    .filter(({ type }) => type === emailAddress)
    .map(({ value }) => (value.tag === ia5String ? textName('email', value.body) : undefined));
  return [directoryOf(subject), ...addresses, ...alternativeNames];
}

function hasDnsName({ alternativeNames }: PathCertificate): boolean {
  return alternativeNames?.some(({ kind }) => kind === 'dns') === true;
}

/** hostNames returns the common names that look like hosts; undefined for one with a zero byte inside. */
function hostNames({ facts: { subject } }: PathCertificate): CheckedName[] {
  const found: CheckedName[] = [];
  for (const { type, value } of subject.attributes) {
    if (type !== commonName) continue;
    const text = textOrNone(value).replace(/\0+$/, '');
    if (text.includes('\0')) found.push(undefined);
    else if (isHostName(text)) found.push(textName('dns', Buffer.from(text)));
  }
  return found;
}

function textOrNone(value: Parameters<typeof utf8Text>[0]): string {
  try {
    return utf8Text(value);
  } catch {
    return '';
  }
}

/** isHostName requires two labels of letters, digits, `_` and inner `-` (slightly wider than RFC 6125 appendix B.2). */
function isHostName(text: string): boolean {
  return text.length <= 0xffff && /^\w+(?:-+\w+)*(?:\.\w+(?:-+\w+)*)+$/.test(text);
}

/** isProxyName requires the issuer's name and one more common name, alone in its set (RFC 3820 section 3.4). */
function isProxyName({ facts: { subject, issuer } }: PathCertificate): boolean {
  const last = subject.attributes.at(-1);
  const before = subject.attributes.at(-2);
  if (last === undefined || before === undefined || last.set === before.set || last.type !== commonName) return false;
  const attributes = subject.attributes.slice(0, -1);
  return canonicalName({ der: subject.der, attributes }) === canonicalName(issuer);
}
