import type { ErrorLine } from '../../names/problems.ts';
import { checkAuthenticationLevel, checkLeafKey } from './authentication-level.ts';
import { buildChain } from './build-chain.ts';
import { checkExtensions } from './checks/check-extensions.ts';
import { checkIdentity } from './checks/check-identity.ts';
import { checkKeyParameters } from './checks/check-key-parameters.ts';
import { checkNames } from './checks/check-names.ts';
import { checkPolicies } from './checks/check-policies.ts';
import { checkResources } from './checks/check-resources.ts';
import { checkRevocation } from './checks/check-revocation.ts';
import { checkSignatures } from './checks/check-signatures.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { PolicyOutcome } from './policy-graph.ts';
import { Refused, Run, Verify, type VerifyRequest } from './run.ts';
import { checkSuiteB } from './suite-b.ts';

/** Verdict is the result of a verification; the certificate is valid if `error` is 0. */
export interface Verdict {
  /** Number of names/verify-errors.ts: the last fault, even if the watcher ignored it. */
  readonly error: number;
  /** Depth of the error; 0 is the leaf. */
  readonly depth: number;
  /** All checks were made: the watcher stopped none. */
  readonly completed: boolean;
  /** Leaf first; incomplete if the build failed. */
  readonly chain: readonly PathCertificate[];
  /** Number of certificates that did not come from the store. */
  readonly untrusted: number;
  /** Undefined without a check of policies. */
  readonly policies: PolicyOutcome | undefined;
  /** The certificate's name that matches one of `hosts`, one character a byte. */
  readonly hostName: string | undefined;
  /** Lines that searches of the store and wrong signatures have left in the reference's error queue. */
  readonly left: readonly ErrorLine[];
}

/**
 * verifyCertificate builds and verifies the chain of a certificate as X509_verify_cert of OpenSSL 3.0 does and reports
 * the same faults in the same order. It depends on the request alone, and its work is bounded for hostile chains.
 */
export function verifyCertificate(request: VerifyRequest): Verdict {
  const run = new Run(request);
  const { store } = request;
  // Discards the lines of earlier searches.
  store.takeFaults?.();
  const completed = isSound(run);
  const { error, depth, chain, untrusted, policies, hostName } = run;
  const left = [...run.left, ...(store.takeFaults?.() ?? [])];
  return { error, depth, completed, chain, untrusted, policies, hostName, left };
}

function isSound(run: Run): boolean {
  try {
    checkLeafKey(run);
    run.look(run.at(0));
    buildChain(run);
    checkExtensions(run);
    checkAuthenticationLevel(run);
    // The identity is not expected of a CRL's issuer.
    if (run.parent === undefined) checkIdentity(run);
    checkKeyParameters(run);
    checkRevocation(run, isSound);
    checkSuiteB(run);
    checkSignatures(run);
    checkNames(run);
    checkResources(run);
    checkPolicies(run);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (run.error === Verify.ok) run.error = Verify.unspecified;
    return false;
  }
}
