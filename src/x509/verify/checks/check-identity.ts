import { equal, latin1 } from '../../../bytes/hex.ts';
import { utf8Text } from '../../asn1/canonical-name.ts';
import type { Field } from '../../asn1/structure.ts';
import type { PathCertificate } from '../path-certificate.ts';
import { type Run, Verify } from '../run.ts';
import { sameLetters, smtpUtf8Mailbox } from './constrained-name.ts';
import { isHostOf } from './host-pattern.ts';

/** checkIdentity matches the leaf against the expected host, mailbox and address. @throws {Refused} */
export function checkIdentity(run: Run): void {
  const { hosts, email, ip } = run.parameters;
  const leaf = run.at(0);
  run.hostName = nameOfHost(leaf, hosts);
  run.faultUnless(!hosts?.length || run.hostName !== undefined, Verify.hostMismatch, 0);
  run.faultUnless(email === undefined || hasEmail(leaf, email), Verify.emailMismatch, 0);
  run.faultUnless(ip === undefined || hasIp(leaf, ip), Verify.ipMismatch, 0);
}

/** isForHost tells whether the certificate is for this host, a name without a zero byte. */
export function isForHost(certificate: PathCertificate, host: string): boolean {
  return nameOfHost(certificate, [host]) !== undefined;
}

/** nameOfHost matches DNS alternative names; without any of them the common names (RFC 6125 section 6.4.4). */
function nameOfHost(leaf: PathCertificate, hosts: readonly string[] = []): string | undefined {
  const names = leaf.alternativeNames?.flatMap((it) => (it.kind === 'dns' ? [it.text] : [])) ?? [];
  const candidates = names.length > 0 ? names : subjectTexts(leaf, '2.5.4.3');
  for (const host of hosts) {
    const name = candidates.find((pattern) => pattern !== '' && isHostOf(pattern, host));
    if (name !== undefined) return name;
  }
  return undefined;
}

function hasEmail(leaf: PathCertificate, email: string): boolean {
  const names = leaf.alternativeNames ?? [];
  const addresses = names.flatMap((it) => (it.kind === 'email' ? [it.text] : []));
  const international = names.flatMap((it) => (it.kind === 'other' && it.type === smtpUtf8Mailbox ? [it.value] : []));
  const wanted = latin1(Buffer.from(email));
  if (international.some((value) => value.tag === 0x0c && latin1(value.body) === wanted)) return true;
  const isNamed = addresses.length + international.length > 0;
  const candidates = isNamed ? addresses : subjectTexts(leaf, '1.2.840.113549.1.9.1');
  return candidates.some((address) => sameAddress(address, wanted));
}

/** sameAddress ignores the case of the host part. */
function sameAddress(address: string, wanted: string): boolean {
  const at = Math.max(address.lastIndexOf('@'), wanted.lastIndexOf('@'));
  if (at <= 0) return address === wanted;
  return (
    address.substring(0, at) === wanted.substring(0, at) && sameLetters(address.substring(at), wanted.substring(at))
  );
}

function hasIp(leaf: PathCertificate, ip: Uint8Array): boolean {
  return leaf.alternativeNames?.some((it) => it.kind === 'ip' && equal(it.address, ip)) === true;
}

/** subjectTexts returns the values in UTF-8, one character a byte. */
function subjectTexts({ facts: { subject } }: PathCertificate, type: string): string[] {
  return subject.attributes.filter((it) => it.type === type).map(({ value }) => utf8Bytes(value));
}

function utf8Bytes(value: Field): string {
  try {
    return latin1(Buffer.from(utf8Text(value)));
  } catch {
    return '';
  }
}
