import { anyPolicy, type Policy, type PolicyMappings } from '../extensions/policies.ts';

/** A policy that holds for the chain, as it is printed. */
export interface HeldPolicy {
  readonly oid: string;
  readonly critical: boolean;
  /** Contents of the SEQUENCE of PolicyQualifierInfo. */
  readonly qualifiers: Uint8Array | undefined;
}

/** What became of the policies. `undefined` lists: there is none at all. */
export interface PolicyOutcome {
  readonly explicit: boolean;
  readonly authority: readonly HeldPolicy[] | undefined;
  readonly user: readonly HeldPolicy[] | undefined;
}

interface Node extends HeldPolicy {
  readonly parents: ReadonlySet<Node>;
  /** What the next certificate may call it. */
  expected: ReadonlySet<string>;
}

/**
 * The valid policies of a chain (RFC 5280 section 6.1, as the graph of RFC 9618 section 5): one node for each policy of
 * each certificate, which knows all that lead to it. It never has more nodes and arrows than the certificates have
 * policies and mappings; the tree of RFC 5280 may double at every certificate.
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

  /** RFC 9618 section 5.2 (d). `any`: anyPolicy in the certificate means something. */
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

  /** RFC 9618 section 5.3 (b). `mapping`: whether the policies may go on under other names. */
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
   * The policies under which the chain can be used, in the names of the authority nearest to the root that did not say
   * anyPolicy.
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
