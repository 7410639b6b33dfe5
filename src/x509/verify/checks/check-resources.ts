import type { AddressFamily, AutonomousSystems, Ends, Resources } from '../../extensions/resources.ts';
import { type Run, Verify } from '../run.ts';

/**
 * checkResources checks autonomous systems and IP addresses (RFC 3779): lists are canonical, issuers hold the resources
 * of their subjects, and the trust anchor inherits nothing. A leaf without resources skips the check.
 * @throws {Refused}
 */
export function checkResources(run: Run): void {
  checkSystems(run);
  checkAddresses(run);
}

function checkSystems(run: Run): void {
  const own = run.at(0).autonomousSystems;
  if (own === undefined) return;
  run.faultUnless(areCanonicalSystems(own), Verify.invalidExtension, 0);
  const held: Record<Kind, Resources | undefined> = { ...own };
  const unnested = (depth: number) => run.fault(Verify.unnestedResource, depth);
  for (let depth = 1; depth < run.chain.length; depth++) {
    const above = run.at(depth).autonomousSystems;
    if (above === undefined) {
      if (kinds.some((kind) => isList(held[kind]))) unnested(depth);
      continue;
    }
    run.faultUnless(areCanonicalSystems(above), Verify.invalidExtension, depth);
    for (const kind of kinds) {
      const [wanted, given] = [held[kind], above[kind]];
      if (given === undefined && isList(wanted)) {
        unnested(depth);
        held[kind] = undefined;
      }
      if (!isList(given)) continue;
      if (wanted === 'inherit' || contains(given, isList(held[kind]) ? wanted : undefined)) held[kind] = given;
      else unnested(depth);
    }
  }
  const anchor = run.chain.at(-1);
  for (const kind of kinds) {
    if (anchor?.autonomousSystems?.[kind] === 'inherit') tellAnchor(run);
  }
}

const kinds = ['numbers', 'routingDomains'] as const;
type Kind = (typeof kinds)[number];

function areCanonicalSystems(systems: AutonomousSystems): boolean {
  return kinds.every((kind) => {
    const resources = systems[kind];
    return !isList(resources) || isCanonical(resources, 'ranges as they are');
  });
}

function checkAddresses(run: Run): void {
  const own = run.at(0).addressBlocks;
  if (own === undefined) return;
  run.faultUnless(areCanonicalBlocks(own), Verify.invalidExtension, 0);
  const held = [...own];
  for (let depth = 1; depth < run.chain.length; depth++) {
    const above = run.at(depth).addressBlocks;
    run.faultUnless(above === undefined || areCanonicalBlocks(above), Verify.invalidExtension, depth);
    if (above) inheritAddresses(run, depth, held, above);
    else run.faultUnless(!held.some(({ addresses }) => isList(addresses)), Verify.unnestedResource, depth);
  }
  for (const { family, addresses } of run.chain.at(-1)?.addressBlocks ?? []) {
    if (addresses === 'inherit' && held.some((it) => it.family === family)) tellAnchor(run);
  }
}

/** inheritAddresses replaces each held family with that of the certificate at this depth, which must contain it. */
function inheritAddresses(run: Run, depth: number, held: AddressFamily[], above: readonly AddressFamily[]): void {
  const byFamily = new Map(above.map((it) => [it.family, it]));
  for (const [at, { family, addresses }] of held.entries()) {
    const given = byFamily.get(family);
    if (given === undefined) {
      if (!isList(addresses)) continue;
      run.fault(Verify.unnestedResource, depth);
      return;
    }
    if (!isList(given.addresses)) continue;
    if (addresses === 'inherit' || contains(given.addresses, addresses)) held[at] = given;
    else run.fault(Verify.unnestedResource, depth);
  }
}

/** tellAnchor reports a depth beyond the chain, as OpenSSL 3.0 does. */
function tellAnchor(run: Run): void {
  run.fault(Verify.unnestedResource, run.chain.length, run.chain.at(-1));
}

/** areCanonicalBlocks requires sorted, unique families (RFC 3779 section 2.2.3.3). */
function areCanonicalBlocks(blocks: readonly AddressFamily[]): boolean {
  const isSorted = blocks.every(({ family }, at) => at === 0 || (blocks[at - 1]?.family ?? '') < family);
  return (
    isSorted && blocks.every(({ addresses }) => !isList(addresses) || isCanonical(addresses, 'prefixes if possible'))
  );
}

type List = Exclude<Resources, 'inherit'>;

function isList(resources: Resources | undefined): resources is List {
  return resources !== undefined && resources !== 'inherit';
}

/** isCanonical requires a non-empty, sorted list of minimal form (RFC 3779 sections 2.2.3.6 and 3.2.3.4). */
function isCanonical(list: List, form: 'prefixes if possible' | 'ranges as they are'): boolean {
  const isAlone = list.length === 1;
  return (
    list.length > 0 &&
    list.every(({ isRange, ends }, at) => {
      // OpenSSL accepts an invalid prefix that is the only element.
      if (ends === undefined) return isAlone && !isRange;
      const before = list[at - 1]?.ends;
      if (before && before.max + 1n >= ends.min) return false;
      return ends.min <= ends.max && !(form === 'prefixes if possible' && isRange && isPrefix(ends));
    })
  );
}

/** isPrefix reports if a range has the size and alignment of a prefix. */
function isPrefix({ min, max }: Ends): boolean {
  const size = max - min + 1n;
  return (size & (size - 1n)) === 0n && (min & (size - 1n)) === 0n;
}

/** contains reports if each element of `inner` is within one element of `outer`. Both lists are sorted. */
function contains(outer: List, inner: List | undefined): boolean {
  if (inner === outer) return true;
  let at = 0;
  for (const { ends } of inner ?? []) {
    let holder = outer[at]?.ends;
    while (ends && holder && holder.max < ends.max) holder = outer[++at]?.ends;
    if (ends === undefined || holder === undefined || holder.min > ends.min) return false;
  }
  return true;
}
