import { Malformed } from '../../../bytes/malformed.ts';
import {
  anyPolicy,
  certificatePolicies,
  inhibitAnyPolicy,
  type Policy,
  type PolicyConstraints,
  type PolicyMappings,
  policyConstraints,
  policyMappings,
} from '../../extensions/policies.ts';
import type { VerifyParameters } from '../parameters.ts';
import { isCritical, type PathCertificate } from '../path-certificate.ts';
import { type HeldPolicy, PolicyGraph, type PolicyOutcome } from '../policy-graph.ts';
import { type Run, Verify } from '../run.ts';

/** checkPolicies does the policy processing of RFC 5280 section 6.1, without the trust anchor. @throws {Refused} */
export function checkPolicies(run: Run): void {
  const { parameters } = run;
  const { policyCheck, explicitPolicy, inhibitAny, inhibitMap } = parameters;
  const isAskedFor = policyCheck || explicitPolicy || inhibitAny || inhibitMap || parameters.policies?.length;
  if (!isAskedFor || run.parent) return;
  const statements = run.chain.slice(0, -1).map(statementOf);
  const outcome = statements.length === 0 ? nothingHeld(false) : outcomeUnlessInvalid(statements, parameters);
  if (outcome === 'invalid') {
    statements.forEach((it, depth) => {
      if (it === 'invalid') run.fault(Verify.invalidPolicyExtension, depth);
    });
    return;
  }
  run.policies = outcome;
  if (run.policies.explicit && !run.policies.user?.length) run.faultOfChain(Verify.noExplicitPolicy);
  else if (parameters.policyPrint) run.tellPolicies();
}

/** Statement has the policy extensions of a certificate. */
interface Statement {
  readonly selfIssued: boolean;
  readonly policies: readonly Policy[] | undefined;
  readonly critical: boolean;
  readonly mappings: PolicyMappings | undefined;
  readonly constraints: PolicyConstraints | undefined;
  readonly inhibitAny: number | undefined;
}

const certificatePoliciesOid = '2.5.29.32';

function statementOf(certificate: PathCertificate): Statement | 'invalid' {
  const values = certificate.facts.extensions;
  const decoded = <T>(oid: string, decode: (value: Uint8Array) => T): T | undefined => {
    const [found, second] = values.filter((it) => it.oid === oid);
    if (second) throw new Malformed(`${oid} twice`);
    return found && decode(found.value);
  };
  try {
    const constraints = decoded('2.5.29.36', policyConstraints);
    const listed = decoded(certificatePoliciesOid, certificatePolicies);
    const policies = listed?.length ? listed : undefined;
    return {
      selfIssued: certificate.selfIssued,
      policies,
      critical: isCritical(certificate, certificatePoliciesOid),
      // Mappings and inhibitAnyPolicy are ignored without a policy.
      mappings: policies && decoded('2.5.29.33', policyMappings),
      constraints,
      inhibitAny: policies && decoded('2.5.29.54', inhibitAnyPolicy),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return 'invalid';
  }
}

/** outcomeUnlessInvalid ignores certificates below the point where a required policy is missing. */
function outcomeUnlessInvalid(
  statements: readonly (Statement | 'invalid')[],
  parameters: VerifyParameters,
): PolicyOutcome | 'invalid' {
  const path: Statement[] = [];
  let explicit = parameters.explicitPolicy ? 0 : statements.length + 1;
  let isEmpty = false;
  for (const it of statements.toReversed()) {
    if (explicit === 0 && isEmpty) return nothingHeld(true);
    if (it === 'invalid') return it;
    path.unshift(it);
    isEmpty ||= it.policies === undefined;
    if (explicit > 0 && !it.selfIssued) explicit--;
    explicit = Math.min(explicit, it.constraints?.requireExplicit ?? explicit);
  }
  return outcomeOf(path, parameters);
}

/** `path`: leaf first, without the trust anchor. */
function outcomeOf(path: readonly Statement[], parameters: VerifyParameters): PolicyOutcome {
  let explicit = parameters.explicitPolicy ? 0 : path.length + 1;
  let mapping = parameters.inhibitMap ? 0 : path.length + 1;
  let any = parameters.inhibitAny ? 0 : path.length + 1;
  let graph: PolicyGraph | undefined = new PolicyGraph();
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const it = path[depth];
    if (it === undefined) break;
    const isLeaf = depth === 0;
    if (it.policies === undefined) graph = undefined;
    graph?.descend(it.policies ?? [], it.critical, any > 0 || (!isLeaf && it.selfIssued) ? 'taken' : 'ignored');
    if (!isLeaf && it.mappings) graph?.map(it.mappings, mapping > 0 ? 'allowed' : 'inhibited');
    if (graph?.isEmpty) graph = undefined;
    if (explicit === 0 && graph === undefined) return nothingHeld(true);
    // RFC 5280 sections 6.1.4 (h) and 6.1.5 (a): the leaf counts in any case.
    if (isLeaf || !it.selfIssued) {
      explicit = Math.max(explicit - 1, 0);
      mapping = Math.max(mapping - 1, 0);
      any = Math.max(any - 1, 0);
    }
    const { requireExplicit, inhibitMapping } = it.constraints ?? {};
    if (requireExplicit !== undefined && (!isLeaf || requireExplicit === 0))
      explicit = Math.min(explicit, requireExplicit);
    mapping = Math.min(mapping, inhibitMapping ?? mapping);
    any = Math.min(any, it.inhibitAny ?? any);
  }
  const isExplicit = explicit === 0;
  if (graph === undefined) return nothingHeld(isExplicit);
  return held(graph, isExplicit, parameters.policies ?? []);
}

function held(graph: PolicyGraph, explicit: boolean, wanted: readonly string[]): PolicyOutcome {
  const policies = graph.authorityPolicies();
  // anyPolicy covers all others.
  const any = policies.find(({ oid }) => oid === anyPolicy);
  const authority = any ? [any] : policies;
  return { explicit, authority, user: wanted.includes(anyPolicy) ? authority : acceptable(policies, wanted) };
}

function nothingHeld(explicit: boolean): PolicyOutcome {
  return { explicit, authority: undefined, user: undefined };
}

/** acceptable returns undefined without `wanted` policies, as OpenSSL 3.0 does. */
function acceptable(authority: readonly HeldPolicy[], wanted: readonly string[]): HeldPolicy[] | undefined {
  if (wanted.length === 0) return undefined;
  const any = authority.find(({ oid }) => oid === anyPolicy);
  const unique = Array.from(new Set(wanted));
  const held = unique.flatMap((oid) => authority.find((it) => it.oid === oid) ?? (any ? [{ ...any, oid }] : []));
  return held.length > 0 ? held : undefined;
}
