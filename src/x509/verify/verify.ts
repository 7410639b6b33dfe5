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

/** What was found. The certificate is in order when `error` is 0. */
export interface Verdict {
  /** Number of names/verify-errors.ts: the last fault that was found, also when the watcher went on. */
  readonly error: number;
  /** Where that was, 0 being the leaf. */
  readonly depth: number;
  /** All checks were made: the watcher did not stop, or had no reason to. */
  readonly completed: boolean;
  /** Leaf first; as far as it was built. */
  readonly chain: readonly PathCertificate[];
  /** How many of the chain did not come from the store. */
  readonly untrusted: number;
  /** Of a chain whose policies were checked. */
  readonly policies: PolicyOutcome | undefined;
  /** The name in the certificate that is one of the hosts that were asked for, one character a byte. */
  readonly hostName: string | undefined;
  /** What searches of the store and wrong signatures have left in the reference's error queue. */
  readonly left: readonly ErrorLine[];
}

/**
 * Builds and verifies the chain of a certificate as X509_verify_cert of OpenSSL 3.0 does, in its order: the watcher is
 * told the same faults one after the other. A pure function of the request, with bounded work for hostile chains.
 */
export function verifyCertificate(request: VerifyRequest): Verdict {
  const run = new Run(request);
  const { store } = request;
  // Of searches for others.
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
    // The issuer of a list is not the one who is asked for.
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
