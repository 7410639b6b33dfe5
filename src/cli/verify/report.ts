import { policiesText } from '../../diagnostics/policies-text.ts';
import { verifyErrorText } from '../../names/verify-errors.ts';
import type { NameFlags } from '../../x509/asn1/name-options.ts';
import { printName } from '../../x509/asn1/name-text.ts';
import type { PathCertificate } from '../../x509/verify/path-certificate.ts';
import type { Check } from '../../x509/verify/run.ts';
import type { Verdict } from '../../x509/verify/verify.ts';

/** checkText is the text on stderr for a fault, and for the policies. */
export function checkText(check: Check, nameFlags: NameFlags): string {
  if (check.ok === 'passed') return '';
  // The reference prints the policies of a valid chain only.
  if (check.ok === 'policies') return check.error === 0 ? policiesText(check.policies) : '';
  const subject = check.certificate ? `${printName(check.certificate.facts.subject, nameFlags)}\n` : '';
  const path = check.isCrlPath ? '[CRL path] ' : '';
  const policies = check.error === noExplicitPolicy ? policiesText(check.policies) : '';
  return `${subject}${path}error ${check.error} at ${check.depth} depth lookup: ${verifyErrorText(check.error)}\n${policies}`;
}

/** chainText is the output of `-show_chain`. */
export function chainText({ chain, untrusted }: Verdict, nameFlags: NameFlags): string {
  const line = ({ facts }: PathCertificate, depth: number) =>
    `depth=${depth}: ${printName(facts.subject, nameFlags)}${depth < untrusted ? ' (untrusted)' : ''}\n`;
  return `Chain:\n${chain.map(line).join('')}`;
}

/** isTolerated reports faults after which the program goes on, so that one run reports as many as it can. */
export function isTolerated(error: number): boolean {
  return tolerated.has(error);
}

const noExplicitPolicy = 43;

const tolerated: ReadonlySet<number> = new Set([
  10, // certificate has expired
  11, // CRL is not yet valid
  12, // CRL has expired
  18, // self-signed certificate
  25, // path length
  26, // purpose
  34, // unhandled critical extension
  37, // authority where none may be
  79, // no authority where one must be
  noExplicitPolicy,
  // Faults found by `-x509_strict`.
  ...[78, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93],
]);
