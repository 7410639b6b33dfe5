import { equal } from '../../bytes/hex.ts';
import { canonicalName } from '../asn1/canonical-name.ts';
import type { DistinguishedName } from '../asn1/names.ts';
import type { Crl } from '../certificates/crl.ts';
import {
  allReasons,
  type DistributionPoint,
  type DistributionPointName,
  directoryName,
  wholeName,
} from '../extensions/distribution-points.ts';
import { type GeneralName, sameGeneralName } from '../extensions/general-name.ts';
import { isAuthority } from './authority.ts';
import { matchesAuthority } from './issued.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { Run } from './run.ts';
import { wholeSeconds } from './times.ts';

/** ChosenCrl is a candidate list for a certificate. */
export interface ChosenCrl {
  readonly crl: Crl;
  readonly issuer: PathCertificate;
  /** Bits of Score; a better list has a higher number. */
  readonly score: number;
  /** Reasons covered by this list and those before it. */
  readonly reasons: number;
}

export const Score = {
  understood: 0x100,
  inScope: 0x080,
  current: 0x040,
  /** Issued by the certificate's issuer, by name. */
  sameIssuer: 0x020,
  /** Signed by the next certificate of the chain. */
  nextInChain: 0x010,
  /** Signed by a certificate of the chain. */
  samePath: 0x008,
  hasIssuer: 0x004,
} as const;

const perfect = Score.understood | Score.current | Score.inScope;

/** chooseCrl returns the best list for the certificate at this depth with further reasons; the newest of equals. */
export function chooseCrl(run: Run, depth: number, reasons: number): ChosenCrl | undefined {
  const given = bestOf(run, depth, reasons, run.request.crls);
  if (given && given.score >= perfect) return given;
  const subject = run.at(depth);
  const indirect = indirectIssuers(subject).flatMap((issuer) => run.request.store.crlsOf(issuer));
  return bestOf(run, depth, reasons, [...run.request.store.crlsOf(subject.issuer), ...indirect], given);
}

function bestOf(run: Run, depth: number, reasons: number, crls: readonly Crl[], start?: ChosenCrl) {
  let best = start;
  for (const crl of crls) {
    const chosen = rated(run, depth, reasons, crl);
    if (chosen === undefined || (best && chosen.score < best.score)) continue;
    if (best?.score === chosen.score && !isNewer(crl, best.crl)) continue;
    best = chosen;
  }
  return best;
}

/** isNewer returns false for incomparable times. */
function isNewer(one: Crl, other: Crl): boolean {
  const [time, before] = [one.comparableThisUpdate, other.comparableThisUpdate];
  return time !== undefined && before !== undefined && time > before;
}

/** chooseDelta returns a delta of the base list, if the certificate or the list announces any. */
export function chooseDelta(run: Run, subject: PathCertificate, base: Crl): Crl | undefined {
  if (!run.parameters.useDeltas || !(subject.hasFreshest || base.hasFreshest)) return undefined;
  return [...run.request.crls, ...run.request.store.crlsOf(base.issuer)].find((it) => continues(it, base));
}

/** continues requires same issuer, key and scope, and a start at or before the base (RFC 5280 section 5.2.4). */
function continues(delta: Crl, base: Crl): boolean {
  if (delta.baseNumber === undefined || delta.number === undefined || base.number === undefined) return false;
  if (delta.issuer !== base.issuer || delta.baseNumber > base.number || delta.number <= base.number) return false;
  return sameExtension(delta, base, '2.5.29.35') && sameExtension(delta, base, '2.5.29.28');
}

function sameExtension(a: Crl, b: Crl, oid: string): boolean {
  const [one, other] = [a, b].map(({ extensions }) => extensions.find((it) => it.oid === oid)?.value);
  return one === undefined || other === undefined ? one === other : equal(one, other);
}

/** rated returns undefined for a list that does not apply to the certificate. */
function rated(run: Run, depth: number, reasons: number, crl: Crl): ChosenCrl | undefined {
  const { distributionPoint } = crl;
  const subject = run.at(depth);
  if (distributionPoint === 'unusable') return undefined;
  const { extendedCrl } = run.parameters;
  const isPartial = distributionPoint?.onlyReasons !== undefined;
  if ((isPartial || distributionPoint?.isIndirect) && !extendedCrl) return undefined;
  // OpenSSL 3.0 treats a delta list as a complete one unless these hold.
  if (crl.baseNumber !== undefined && extendedCrl && !isPartial) return undefined;
  if (((distributionPoint?.onlyReasons ?? allReasons) & ~reasons) === 0) return undefined;
  const isSameIssuer = subject.issuer === crl.issuer;
  if (!isSameIssuer && !distributionPoint?.isIndirect) return undefined;
  let score = isSameIssuer ? Score.sameIssuer : 0;
  if (!crl.hasUnknownCritical) score |= Score.understood;
  if (isCurrentCrl(crl, run.time)) score |= Score.current;
  const found = issuerOf(run, depth, crl, isSameIssuer);
  if (found === undefined) return undefined;
  score |= found.score;
  const scope = scopeOf(subject, crl, isSameIssuer);
  if (scope === undefined) return { crl, issuer: found.issuer, score, reasons };
  if ((scope & ~reasons) === 0) return undefined;
  return { crl, issuer: found.issuer, score: score | Score.inScope, reasons: reasons | scope };
}

export function isCurrentCrl({ thisUpdate, nextUpdate }: Crl, time: number | undefined): boolean {
  if (time === undefined) return true;
  const now = wholeSeconds(time);
  if (thisUpdate === undefined || thisUpdate > now) return false;
  return nextUpdate === 'none' || (nextUpdate !== undefined && nextUpdate > now);
}

/** issuerOf finds the signer of the list: the issuer, another of the chain, or (extended CRLs) an untrusted one. */
function issuerOf(
  run: Run,
  depth: number,
  crl: Crl,
  isSameIssuer: boolean,
): { issuer: PathCertificate; score: number } | undefined {
  const matches = (it: PathCertificate) => matchesAuthority(it, crl.authorityKeyIdentifier);
  const above = Math.min(depth + 1, run.chain.length - 1);
  const next = run.at(above);
  if (isSameIssuer && matches(next)) {
    return { issuer: next, score: Score.hasIssuer | Score.nextInChain | Score.samePath };
  }
  const isIt = (it: PathCertificate) => it.subject === crl.issuer && matches(it);
  const inChain = run.chain.slice(above + 1).find(isIt);
  if (inChain) return { issuer: inChain, score: Score.hasIssuer | Score.samePath };
  if (!run.parameters.extendedCrl) return undefined;
  const other = run.request.untrusted.find(isIt);
  return other && { issuer: other, score: Score.hasIssuer };
}

/** scopeOf returns the reasons that the list covers for the certificate; undefined outside of its scope. */
function scopeOf(subject: PathCertificate, crl: Crl, isSameIssuer: boolean): number | undefined {
  const scope = crl.distributionPoint === 'unusable' ? undefined : crl.distributionPoint;
  if (scope?.onlyAttributes) return undefined;
  if (isAuthority(subject) ? scope?.onlyUsers : scope?.onlyAuthorities) return undefined;
  const reasons = scope?.onlyReasons ?? allReasons;
  for (const point of subject.distributionPoints ?? []) {
    const isIssuers = point.crlIssuer ? point.crlIssuer.some((it) => isNamed(it, crl.issuer)) : isSameIssuer;
    if (isIssuers && (scope === undefined || isSamePoint(subject, point, crl, scope.name))) {
      return reasons & point.reasons;
    }
  }
  return scope?.name === undefined && isSameIssuer ? reasons : undefined;
}

function isNamed(name: GeneralName, issuer: string): boolean {
  return name.kind === 'directory' && canonicalName(name.name) === issuer;
}

function isSamePoint(
  subject: PathCertificate,
  point: DistributionPoint,
  crl: Crl,
  scope: DistributionPointName | undefined,
): boolean {
  if (point.name === undefined || scope === undefined) return true;
  try {
    return sharesName(
      named(point.name, directoryName(point.crlIssuer) ?? subject.facts.issuer),
      named(scope, crl.issuerName),
    );
  } catch {
    // The relative name is invalid.
    return false;
  }
}

/** named returns the names, or the canonical form of a relative one. */
function named(name: DistributionPointName, issuer: DistinguishedName): readonly GeneralName[] | string {
  return 'names' in name ? name.names : wholeName(issuer, name.relative);
}

function sharesName(a: readonly GeneralName[] | string, b: readonly GeneralName[] | string): boolean {
  if (typeof a === 'string') return typeof b === 'string' ? a === b : b.some((it) => isNamed(it, a));
  if (typeof b === 'string') return a.some((it) => isNamed(it, b));
  return a.some((it) => b.some((other) => sameGeneralName(it, other)));
}

/** indirectIssuers returns the cRLIssuer names of the certificate. */
function indirectIssuers({ distributionPoints = [], issuer }: PathCertificate): string[] {
  const names = distributionPoints.flatMap(({ crlIssuer }) => directoryName(crlIssuer) ?? []).map(canonicalName);
  return Array.from(new Set(names)).filter((name) => name !== issuer);
}
