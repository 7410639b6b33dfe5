import { Malformed } from '../../bytes/malformed.ts';
import type { ErrorLine } from '../../names/problems.ts';
import { verifyErrorText } from '../../names/verify-errors.ts';
import { checkSecurityLevel } from '../files/credential.ts';
import { chainNotVerified } from '../files/error-lines.ts';
import { LoadFailure } from '../files/load-failure.ts';
import { type PathCertificate, pathCertificate } from '../verify/path-certificate.ts';
import type { TrustStore } from '../verify/run.ts';
import { type Verdict, verifyCertificate } from '../verify/verify.ts';
import { MemoryTrustStore } from './trust-store.ts';

/**
 * The certificates that sign ours, up to the root, as far as the store has them: what is sent for a certificate that
 * came without a chain. `leaf` and the result: DER.
 */
export function issuersIn(store: TrustStore, leaf: Uint8Array): Uint8Array[] {
  // The store need not be read for it.
  if (readable(leaf)?.selfSigned) return [];
  return issuers(verdictOn(leaf, store)?.chain ?? []);
}

/** A chain, or why there is none: the verification's error number and the lines of the error queue. */
export type BuiltChain =
  | { readonly chain: readonly Uint8Array[]; readonly lines?: never }
  | { readonly lines: readonly ErrorLine[]; readonly chain?: never };

/**
 * `-build_chain`: the chain (DER, leaf first) that the store gives for a certificate, verified. A chain that came with
 * the certificate is only put in order and checked: the store has no part in it then.
 * `minimumBits`: the strength that the security level asks for.
 */
export function verifiedChain(
  [leaf, ...others]: readonly Uint8Array[],
  store: TrustStore,
  minimumBits: number,
): BuiltChain {
  if (leaf === undefined) throw new Error('a chain without a certificate');
  const verdict = verdictOn(leaf, others.length > 0 ? storeOf([leaf, ...others]) : store);
  if (verdict === undefined) return { lines: [chainNotVerified(verifyErrorText(1))] };
  if (verdict.error !== 0) return { lines: [chainNotVerified(verifyErrorText(verdict.error))] };
  const chain = [leaf, ...issuers(verdict.chain)];
  try {
    checkSecurityLevel({ chain }, minimumBits);
    return { chain };
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    return { lines: error.lines.map((line) => ({ ...line, function: 'ssl_build_cert_chain' })) };
  }
}

/** Undefined for a certificate that cannot be read. */
function verdictOn(leaf: Uint8Array, store: TrustStore): Verdict | undefined {
  const certificate = readable(leaf);
  if (certificate === undefined) return undefined;
  return verifyCertificate({
    certificate,
    untrusted: [],
    crls: [],
    store,
    parameters: {},
    now: () => Date.now(),
  });
}

function issuers([, ...above]: readonly PathCertificate[]): Uint8Array[] {
  return above.map(({ facts }) => Uint8Array.from(facts.der));
}

function storeOf(chain: readonly Uint8Array[]): TrustStore {
  return new MemoryTrustStore({ certificates: chain.map(readable).filter((it) => it !== undefined) });
}

function readable(der: Uint8Array): PathCertificate | undefined {
  try {
    return pathCertificate(der);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}
