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
 * issuersIn returns the issuers of a leaf up to the root, as far as the store has them, to send with a certificate that
 * came without a chain. `leaf` and the result are DER.
 */
export function issuersIn(store: TrustStore, leaf: Uint8Array): Uint8Array[] {
  // Avoids reading the store.
  if (readable(leaf)?.selfSigned) return [];
  return issuers(verdictOn(leaf, store)?.chain ?? []);
}

/** BuiltChain is a chain, or the error lines of a failed build. */
export type BuiltChain =
  | { readonly chain: readonly Uint8Array[]; readonly lines?: never }
  | { readonly lines: readonly ErrorLine[]; readonly chain?: never };

/**
 * verifiedChain builds and verifies a certificate's chain (DER, leaf first) from the store, for `-build_chain`. A chain
 * that came with the certificate is ordered and verified without the store.
 * `minimumBits`: the strength that the security level requires.
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

/** verdictOn returns undefined for an unreadable certificate. */
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
