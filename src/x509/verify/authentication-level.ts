import { exchangeStrength } from '../certificates/key-facts.ts';
import { minimumBits } from './parameters.ts';
import type { PathCertificate } from './path-certificate.ts';
import { type Run, Verify } from './run.ts';
import { unreadableKey } from './unusable-lines.ts';

/** checkLeafKey checks the strength of the leaf's key before the chain is built. @throws {Refused} */
export function checkLeafKey(run: Run): void {
  const leaf = run.at(0);
  const isStrong = keyBits(leaf) >= minimumBits(run.parameters);
  if (!isStrong) run.left.push(...unreadableKey(leaf, 1));
  run.faultUnless(isStrong, Verify.leafKeyTooSmall, 0);
}

/** checkAuthenticationLevel checks the other keys, and all signatures but the trust anchor's. @throws {Refused} */
export function checkAuthenticationLevel(run: Run): void {
  const minimum = minimumBits(run.parameters);
  if (minimum === 0) return;
  run.chain.forEach((certificate, depth) => {
    run.faultUnless(depth === 0 || keyBits(certificate) >= minimum, Verify.authorityKeyTooSmall, depth);
    const isAnchor = depth === run.chain.length - 1;
    run.faultUnless(isAnchor || certificate.facts.signature.securityBits >= minimum, Verify.digestTooWeak, depth);
  });
}

/** keyBits returns 0 for an unreadable key. */
function keyBits({ facts: { key, publicKey }, keyKind }: PathCertificate): number {
  if (key) return key.securityBits;
  return keyKind === 'SM2' ? 128 : (exchangeStrength(publicKey) ?? 0);
}
