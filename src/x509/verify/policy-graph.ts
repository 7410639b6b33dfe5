import { anyPolicy, type Policy, type PolicyMappings } from '../extensions/policies.ts';

/** HeldPolicy is a valid policy of the chain, as printed. */
export interface HeldPolicy {
  readonly oid: string;
  readonly critical: boolean;
  /** Contents of the SEQUENCE of PolicyQualifierInfo. */
  readonly qualifiers: Uint8Array | undefined;
}

/** PolicyOutcome is the result of policy processing; a list is undefined if it would be empty. */
export interface PolicyOutcome {
  readonly explicit: boolean;
  readonly authority: readonly HeldPolicy[] | undefined;
  readonly user: readonly HeldPolicy[] | undefined;
}

interface Node extends HeldPolicy {
  readonly parents: ReadonlySet<Node>;
  /** Expected policies of the next certificate. */
  expected: ReadonlySet<string>;
}

/**
 * PolicyGraph has the valid policies of a chain (RFC 5280 section 6.1, as the graph of RFC 9618 section 5): one node
 * for each policy of each certificate, with all its parents. The number of policies and mappings bounds its size; the
 * tree of RFC 5280 may double at every certificate.
 */
export class PolicyGraph {
  private readonly levels: Map<string, Node>[] = [];

  constructor() {
    const root = node({ oid: anyPolicy, critical: false, qualifiers: undefined }, []);
    this.levels.push(new Map([[anyPolicy, root]]));
  }

  get isEmpty(): boolean {
    return this.last.size === 0;
  }

  /** descend adds a certificate's level (RFC 9618 section 5.2 (d)). `any`: treatment of its anyPolicy. */
  descend(policies: readonly Policy[], critical: boolean, any: 'taken' | 'ignored'): void {
    const above = this.last;
    const expectedBy = new Map<string, Node[]>();
    for (const parent of above.values()) {
      for (const oid of parent.expected) {
        const known = expectedBy.get(oid);
        if (known) known.push(parent);
        else expectedBy.set(oid, [parent]);
      }
    }
    const level = new Map<string, Node>();
    const anyAbove = above.get(anyPolicy);
    for (const { oid, qualifiers } of policies) {
      if (oid === anyPolicy) continue;
      const parents = expectedBy.get(oid) ?? (anyAbove ? [anyAbove] : []);
      if (parents.length > 0) level.set(oid, node({ oid, critical, qualifiers }, parents));
    }
    const anyHere = policies.find(({ oid }) => oid === anyPolicy);
    if (anyHere && any === 'taken') {
      for (const [oid, parents] of expectedBy) {
        if (!level.has(oid)) level.set(oid, node({ oid, critical, qualifiers: anyHere.qualifiers }, parents));
      }
    }
    this.levels.push(level);
  }

  /** map applies a certificate's mappings (RFC 9618 section 5.3 (b)), or deletes the mapped policies if inhibited. */
  map(mappings: PolicyMappings, mapping: 'allowed' | 'inhibited'): void {
    const level = this.last;
    for (const [oid, subjects] of mappings) {
      const known = level.get(oid);
      if (mapping === 'inhibited') level.delete(oid);
      else if (known) known.expected = subjects;
      else {
        const any = level.get(anyPolicy);
        if (any) level.set(oid, { ...node({ ...any, oid }, any.parents), expected: subjects });
      }
    }
  }

  /**
   * authorityPolicies returns the policies under which the chain can be used, named by the authority nearest to the
   * root that did not assert anyPolicy.
   */
  authorityPolicies(): HeldPolicy[] {
    const held = new Map<string, Node>();
    const seen = new Set<Node>();
    let waiting = [...this.last.values()];
    for (const leaf of waiting) if (leaf.oid === anyPolicy) held.set(anyPolicy, leaf);
    while (waiting.length > 0) {
      const next: Node[] = [];
      for (const it of waiting) {
        if (seen.has(it)) continue;
        seen.add(it);
        const comesFromAny = Array.from(it.parents).some(({ oid }) => oid === anyPolicy);
        if (it.oid !== anyPolicy && comesFromAny && !held.has(it.oid)) held.set(it.oid, it);
        next.push(...it.parents);
      }
      waiting = next;
    }
    return [...held.values()];
  }

  private get last(): Map<string, Node> {
    return this.levels[this.levels.length - 1] ?? new Map();
  }
}

function node(policy: HeldPolicy, parents: Iterable<Node>): Node {
  const { oid, critical, qualifiers } = policy;
  return { oid, critical, qualifiers, parents: new Set(parents), expected: new Set([oid]) };
}
