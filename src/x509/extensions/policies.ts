import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { integerContents } from '../asn1/integer.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { Structure } from '../asn1/structure.ts';
import { countFrom } from './count.ts';

export const anyPolicy = '2.5.29.32.0';

/** RFC 5280 section 4.2.1.4 */
export interface Policy {
  readonly oid: string;
  /** Contents of the SEQUENCE of PolicyQualifierInfo. */
  readonly qualifiers: Uint8Array | undefined;
}

/** certificatePolicies accepts an empty list, which RFC 5280 forbids. @throws {Malformed} also for a repeated policy */
export function certificatePolicies(value: Uint8Array): Policy[] {
  const list = new Structure(value).sequence('certificatePolicies');
  const policies: Policy[] = [];
  const seen = new Set<string>();
  while (!list.isEmpty) {
    const fields = list.sequence('policy');
    const oid = dotted(fields.take('policyIdentifier', Tag.objectIdentifier).body);
    const qualifiers = fields.takeIf('policyQualifiers', Tag.sequence)?.body;
    fields.end('policy');
    if (qualifiers) checkQualifiers(qualifiers);
    if (seen.has(oid)) throw new Malformed(`${oid} twice`, ['certificatePolicies']);
    seen.add(oid);
    policies.push({ oid, qualifiers });
  }
  return policies;
}

/** Identifiers of the two qualifiers of RFC 5280. */
export const practiceStatement = '1.3.6.1.5.5.7.2.1';
export const userNotice = '1.3.6.1.5.5.7.2.2';

/** checkQualifiers validates qualifiers, so that printing them cannot throw. @throws {Malformed} */
function checkQualifiers(qualifiers: Uint8Array): void {
  const list = new Structure(qualifiers);
  while (!list.isEmpty) {
    const fields = list.sequence('qualifier');
    const oid = dotted(fields.take('policyQualifierId', Tag.objectIdentifier).body);
    if (oid === practiceStatement) fields.take('cPSuri', ia5String);
    else if (oid === userNotice) checkNotice(fields.sequence('userNotice'));
    else fields.take('qualifier');
    fields.end('qualifier');
  }
}

const ia5String = 0x16;
/** DisplayText is an IA5String, VisibleString, BMPString or UTF8String. */
const displayText = [ia5String, 0x1a, 0x1e, Tag.utf8String] as const;

function checkNotice(notice: Structure): void {
  if (notice.nextIs(Tag.sequence)) {
    const reference = notice.sequence('noticeRef');
    reference.take('organization', ...displayText);
    const numbers = reference.sequence('noticeNumbers');
    while (!numbers.isEmpty) integerContents(numbers.take('number', Tag.integer).body);
    reference.end('noticeRef');
  }
  if (!notice.isEmpty) notice.take('explicitText', ...displayText);
  notice.end('userNotice');
}

/** PolicyMappings are subject domain policies by issuer domain policy (RFC 5280 section 4.2.1.5). */
export type PolicyMappings = ReadonlyMap<string, ReadonlySet<string>>;

/** @throws {Malformed} also for a mapping from or to anyPolicy */
export function policyMappings(value: Uint8Array): PolicyMappings {
  const list = new Structure(value).sequence('policyMappings');
  const mappings = new Map<string, Set<string>>();
  while (!list.isEmpty) {
    const fields = list.sequence('mapping');
    const issuer = dotted(fields.take('issuerDomainPolicy', Tag.objectIdentifier).body);
    const subject = dotted(fields.take('subjectDomainPolicy', Tag.objectIdentifier).body);
    fields.end('mapping');
    if (issuer === anyPolicy || subject === anyPolicy) throw new Malformed('anyPolicy', ['policyMappings']);
    const known = mappings.get(issuer);
    if (known) known.add(subject);
    else mappings.set(issuer, new Set([subject]));
  }
  if (mappings.size === 0) throw new Malformed('empty', ['policyMappings']);
  return mappings;
}

/** PolicyConstraints of RFC 5280 section 4.2.1.11; each field counts certificates to skip. */
export interface PolicyConstraints {
  readonly requireExplicit: number | undefined;
  readonly inhibitMapping: number | undefined;
}

/** @throws {Malformed} also when it has no field */
export function policyConstraints(value: Uint8Array): PolicyConstraints {
  const fields = new Structure(value).sequence('policyConstraints');
  const requireExplicit = fields.takeIf('requireExplicitPolicy', 0x80);
  const inhibitMapping = fields.takeIf('inhibitPolicyMapping', 0x81);
  fields.end('policyConstraints');
  if (requireExplicit === undefined && inhibitMapping === undefined) {
    throw new Malformed('empty', ['policyConstraints']);
  }
  return {
    requireExplicit: requireExplicit && countFrom(requireExplicit.body),
    inhibitMapping: inhibitMapping && countFrom(inhibitMapping.body),
  };
}

/** RFC 5280 section 4.2.1.14. @throws {Malformed} */
export function inhibitAnyPolicy(value: Uint8Array): number {
  const { body } = new Structure(value).take('inhibitAnyPolicy', Tag.integer);
  return countFrom(body);
}
