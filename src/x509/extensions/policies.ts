import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { dotted } from '../object-identifier.ts';
import { Structure } from '../structure.ts';
import { countFrom } from './count.ts';

export const anyPolicy = '2.5.29.32.0';

/** RFC 5280 section 4.2.1.4 */
export interface Policy {
  readonly oid: string;
  /** Contents of the SEQUENCE of PolicyQualifierInfo. */
  readonly qualifiers: Uint8Array | undefined;
}

/** @throws {Malformed} also when one appears twice, or there is none */
export function certificatePolicies(value: Uint8Array): Policy[] {
  const outer = new Structure(value);
  const list = outer.sequence('certificatePolicies');
  outer.end('certificatePolicies');
  const policies: Policy[] = [];
  const seen = new Set<string>();
  while (!list.isEmpty) {
    const fields = list.sequence('policy');
    const oid = dotted(fields.take('policyIdentifier', Tag.objectIdentifier).body);
    const qualifiers = fields.takeIf('policyQualifiers', Tag.sequence)?.body;
    fields.end('policy');
    if (seen.has(oid)) throw new Malformed(`${oid} twice`, ['certificatePolicies']);
    seen.add(oid);
    policies.push({ oid, qualifiers });
  }
  if (policies.length === 0) throw new Malformed('empty', ['certificatePolicies']);
  return policies;
}

/** RFC 5280 section 4.2.1.5: the subject's policies by the issuer's. */
export type PolicyMappings = ReadonlyMap<string, ReadonlySet<string>>;

/** @throws {Malformed} also when anyPolicy is mapped, or to it */
export function policyMappings(value: Uint8Array): PolicyMappings {
  const outer = new Structure(value);
  const list = outer.sequence('policyMappings');
  outer.end('policyMappings');
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

/** RFC 5280 section 4.2.1.11: after how many further certificates. */
export interface PolicyConstraints {
  readonly requireExplicit: number | undefined;
  readonly inhibitMapping: number | undefined;
}

/** @throws {Malformed} also when it has no field */
export function policyConstraints(value: Uint8Array): PolicyConstraints {
  const outer = new Structure(value);
  const fields = outer.sequence('policyConstraints');
  outer.end('policyConstraints');
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
  const outer = new Structure(value);
  const { body } = outer.take('inhibitAnyPolicy', Tag.integer);
  outer.end('inhibitAnyPolicy');
  return countFrom(body);
}
