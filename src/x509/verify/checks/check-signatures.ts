import { KeyUsage } from '../../extensions/usage.ts';
import { forbids, isAuthority } from '../authority.ts';
import { mayHaveIssued } from '../issued.ts';
import { type Run, Verify } from '../run.ts';
import { publicKeyAt, signatureFault } from '../signature.ts';
import { checkTimes } from '../times.ts';

/**
 * Signatures and times from the root down to the leaf. The watcher hears of every certificate that has passed. The
 * signature of a self-signed root says nothing and is looked at only when asked for.
 * @throws {Refused}
 */
export function checkSignatures(run: Run): void {
  const last = run.chain.length - 1;
  const anchor = run.at(last);
  let depth = last;
  // Where the end of a chain is no trust anchor by itself, nothing can be said of it.
  if (!mayHaveIssued(anchor, anchor) && !run.parameters.partialChain) {
    if (last === 0) run.fault(Verify.unableToVerifyLeaf, 0);
    else depth = last - 1;
  }
  for (; depth >= 0; depth--) {
    run.depth = depth;
    if (depth < last) checkSignature(run, depth, depth + 1);
    else if (run.parameters.checkSelfSignature && anchor.selfSigned) checkSignature(run, depth, depth);
    checkTimes(run, depth);
    run.passed(depth);
  }
}

function checkSignature(run: Run, subjectDepth: number, issuerDepth: number): void {
  const subject = run.at(subjectDepth);
  const issuer = run.at(issuerDepth);
  const isOwn = subjectDepth === issuerDepth;
  // RFC 6818 section 2: the rules for authorities do not hold for a user's certificate that is trusted directly.
  if (!isOwn || isAuthority(issuer)) {
    const [usage, error] = subject.proxy
      ? ([KeyUsage.digitalSignature, Verify.noDigitalSignature] as const)
      : ([KeyUsage.keyCertSign, Verify.noCertSign] as const);
    run.faultUnless(!forbids(issuer, usage), error, issuerDepth);
  }
  const key = publicKeyAt(run.chain, issuerDepth);
  if (key === undefined) run.fault(Verify.undecodableIssuerKey, issuerDepth);
  else {
    // The identifier is that of the leaf alone, not of what the store has in its place.
    const id = subject === run.request.certificate ? run.request.distinguishingId : undefined;
    const fault = signatureFault(subject.facts, key, id);
    run.left.push(...(fault ?? []));
    run.faultUnless(fault === undefined, Verify.certificateSignature, subjectDepth);
  }
  run.depth = subjectDepth;
}
