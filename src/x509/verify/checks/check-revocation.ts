import { hex } from '../../../bytes/hex.ts';
import { canonicalName } from '../../asn1/canonical-name.ts';
import { type Crl, type CrlEntry, removeFromCrl } from '../../certificates/crl.ts';
import { allReasons } from '../../extensions/distribution-points.ts';
import { KeyUsage } from '../../extensions/usage.ts';
import { forbids } from '../authority.ts';
import { type ChosenCrl, chooseCrl, chooseDelta, isCurrentCrl, Score } from '../crl-choice.ts';
import { type PathCertificate, sameCertificate } from '../path-certificate.ts';
import { Run, Verify } from '../run.ts';
import { publicKeyAt, signatureFault } from '../signature.ts';
import { suiteBFaultOfCrl } from '../suite-b.ts';
import { wholeSeconds } from '../times.ts';

/** VerifyPath verifies the chain of a list's issuer. */
export type VerifyPath = (run: Run) => boolean;

/** checkRevocation checks the leaf, or the whole chain, against CRLs (RFC 5280 section 6.3). @throws {Refused} */
export function checkRevocation(run: Run, verifyPath: VerifyPath): void {
  const { crlCheck, crlCheckAll } = run.parameters;
  if (!crlCheck && !crlCheckAll) return;
  // The end of a CRL issuer's path is not checked as a leaf.
  if (!crlCheckAll && run.parent) return;
  const last = crlCheckAll ? run.chain.length - 1 : 0;
  for (let depth = 0; depth <= last; depth++) {
    run.depth = depth;
    if (run.at(depth).proxy === undefined) checkCertificate(run, depth, verifyPath);
  }
}

function checkCertificate(run: Run, depth: number, verifyPath: VerifyPath): void {
  let reasons: number | undefined = 0;
  while (reasons !== undefined && reasons !== allReasons) reasons = checkReasons(run, depth, reasons, verifyPath);
  if (reasons === undefined) run.fault(Verify.unableToGetCrl, depth);
}

/** checkReasons applies the best list with further reasons. Returns the reasons covered; undefined without progress. */
function checkReasons(run: Run, depth: number, reasons: number, verifyPath: VerifyPath): number | undefined {
  const chosen = chooseCrl(run, depth, reasons);
  if (chosen === undefined) return undefined;
  const delta = chooseDelta(run, run.at(depth), chosen.crl);
  const isDeltaCurrent = delta !== undefined && isCurrentCrl(delta, run.time);
  checkCrl(run, depth, chosen, isDeltaCurrent, verifyPath);
  if (delta) checkDelta(run, depth, chosen, delta);
  const isTakenBack = delta !== undefined && isRevoked(run, depth, delta) === 'taken back';
  if (!isTakenBack) isRevoked(run, depth, chosen.crl);
  return chosen.reasons === reasons ? undefined : chosen.reasons;
}

function checkCrl(run: Run, depth: number, chosen: ChosenCrl, isDeltaCurrent: boolean, verifyPath: VerifyPath): void {
  const { crl, issuer, score } = chosen;
  // OpenSSL 3.0 checks neither usage, scope nor path for a delta list.
  if (crl.baseNumber === undefined) checkScope(run, depth, chosen, verifyPath);
  if ((score & Score.current) === 0) tellTimes(run, crl, isDeltaCurrent);
  checkCrlSignature(run, depth, crl, issuer);
}

function checkScope(run: Run, depth: number, { issuer, score }: ChosenCrl, verifyPath: VerifyPath): void {
  run.faultUnless(!forbids(issuer, KeyUsage.crlSign), Verify.noCrlSign, depth);
  run.faultUnless((score & Score.inScope) !== 0, Verify.differentCrlScope, depth);
  if ((score & Score.samePath) === 0) {
    run.faultUnless(isPathSound(run, issuer, verifyPath), Verify.crlPath, depth);
    run.depth = depth;
  }
}

/** checkDelta checks times and signature; chooseDelta has matched the delta with its base. */
function checkDelta(run: Run, depth: number, { issuer }: ChosenCrl, delta: Crl): void {
  if (!isCurrentCrl(delta, run.time)) tellTimes(run, delta, false);
  checkCrlSignature(run, depth, delta, issuer);
}

function checkCrlSignature(run: Run, depth: number, crl: Crl, issuer: PathCertificate): void {
  const key = keyOf(run, issuer);
  if (key === undefined) {
    run.fault(Verify.undecodableIssuerKey, depth);
    return;
  }
  const suiteBFault = suiteBFaultOfCrl(issuer, crl.signature.oid, run.parameters.suiteB);
  if (suiteBFault) run.fault(suiteBFault, depth);
  const fault = signatureFault(crl, key);
  run.left.push(...(fault ?? []));
  run.faultUnless(fault === undefined, Verify.crlSignature, depth);
}

function keyOf(run: Run, issuer: PathCertificate) {
  const depth = run.chain.indexOf(issuer);
  return depth < 0 ? publicKeyAt([issuer], 0) : publicKeyAt(run.chain, depth);
}

function tellTimes(run: Run, { thisUpdate, nextUpdate }: Crl, isDeltaCurrent: boolean): void {
  const now = wholeSeconds(run.time ?? 0);
  if (thisUpdate === undefined) run.fault(Verify.faultyThisUpdate);
  else if (thisUpdate > now) run.fault(Verify.crlNotYetValid);
  if (nextUpdate === undefined) run.fault(Verify.faultyNextUpdate);
  else if (nextUpdate !== 'none' && nextUpdate <= now && !isDeltaCurrent) run.fault(Verify.crlExpired);
}

/**
 * isPathSound requires the same trust anchor for the list's issuer (RFC 5280 section 6.3.3 (f)). As in OpenSSL 3.0,
 * such paths do not nest.
 */
function isPathSound(run: Run, issuer: PathCertificate, verifyPath: VerifyPath): boolean {
  if (run.parent !== undefined || run.budget.paths <= 0) return false;
  run.budget.paths--;
  const path = new Run({ ...run.request, certificate: issuer }, run);
  const isSound = verifyPath(path);
  const anchor = path.chain.at(-1);
  const own = run.chain.at(-1);
  return isSound && anchor !== undefined && own !== undefined && sameCertificate(anchor, own);
}

function isRevoked(run: Run, depth: number, crl: Crl): 'listed' | 'taken back' | 'not listed' {
  run.faultUnless(
    run.parameters.ignoreCritical === true || !crl.hasUnknownCritical,
    Verify.unhandledCriticalCrl,
    depth,
  );
  const subject = run.at(depth);
  const entries = crl.entries.get(hex(subject.facts.serialNumber)) ?? [];
  const entry = entries.find((it) => isAbout(it, subject, crl));
  if (entry === undefined) return 'not listed';
  if (entry.reason === removeFromCrl) return 'taken back';
  run.fault(Verify.revoked, depth);
  return 'listed';
}

function isAbout({ issuer }: CrlEntry, subject: PathCertificate, crl: Crl): boolean {
  if (issuer === undefined) return subject.issuer === crl.issuer;
  return issuer.some((it) => it.kind === 'directory' && canonicalName(it.name) === subject.issuer);
}
