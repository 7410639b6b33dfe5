import { KeyUsage } from '../../extensions/usage.ts';
import { forbids, isAuthority } from '../authority.ts';
import { mayHaveIssued } from '../issued.ts';
import { type Run, Verify } from '../run.ts';
import { publicKeyAt, signatureFault } from '../signature.ts';
import { checkTimes } from '../times.ts';

/**
 * checkSignatures checks signatures and times from the root to the leaf and reports each passed certificate to the
 * watcher. The signature of a self-signed root proves nothing and is verified only on request.
 * @throws {Refused}
 */
export function checkSignatures(run: Run): void {
  const last = run.chain.length - 1;
  const anchor = run.at(last);
  let depth = last;
  // A last certificate that cannot be its own issuer is not verified.
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
  // RFC 6818 section 2: the rules for authorities do not apply to a directly trusted user certificate.
  if (!isOwn || isAuthority(issuer)) {
    const [usage, error] = subject.proxy
      ? ([KeyUsage.digitalSignature, Verify.noDigitalSignature] as const)
      : ([KeyUsage.keyCertSign, Verify.noCertSign] as const);
    run.faultUnless(!forbids(issuer, usage), error, issuerDepth);
  }
  const key = publicKeyAt(run.chain, issuerDepth);
  if (key === undefined) run.fault(Verify.undecodableIssuerKey, issuerDepth);
  else {
    // The identifier applies to the given leaf, not to the store's copy of it.
    const id = subject === run.request.certificate ? run.request.distinguishingId : undefined;
    const fault = signatureFault(subject.facts, key, id);
    run.left.push(...(fault ?? []));
    run.faultUnless(fault === undefined, Verify.certificateSignature, subjectDepth);
  }
  run.depth = subjectDepth;
}
