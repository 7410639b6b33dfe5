import { type ECDH, getCurves } from 'node:crypto';
import { curveKey, curveKeyOf } from '../primitives/primitives.ts';
import type { Random } from '../primitives/random.ts';
import { BadShare, type KeyAgreement, type KeyPair, orBadShare, symmetric } from './agreement.ts';

/**
 * ECDH on a curve by its TLS name (`secp256r1`, `brainpoolP384r1`, `sect571k1`), with uncompressed points (RFC 8446
 * section 4.2.8.2, RFC 8422 section 5.4). Undefined when the name is unknown, or this OpenSSL does not carry the curve.
 * `random` is the source of private keys, by default Node's own.
 */
export function ecdh(name: string, random?: Random): KeyAgreement | undefined {
  const fieldBits = name === 'curveSM2' ? 256 : /^(?:secp|sect|brainpoolP)(\d+)[kr]\d/.exec(name)?.[1];
  const curve = nodeNames.get(name) ?? name.replace(/tls13$/, '');
  if (fieldBits === undefined || !getCurves().includes(curve)) return undefined;
  if (curve === 'SM2' && !agrees(curve)) return undefined;
  const shareLength = 1 + 2 * Math.ceil(Number(fieldBits) / 8);
  const freshKey = random === undefined ? () => curveKey(curve) : () => drawnKey(curve, Number(fieldBits), random);
  return symmetric(shareLength, () => keyPair(freshKey(), shareLength));
}

/** The curves with another name in OpenSSL, two of them by the names of X9.62. */
const nodeNames: ReadonlyMap<string, string> = new Map([
  ['curveSM2', 'SM2'],
  ['secp192r1', 'prime192v1'],
  ['secp256r1', 'prime256v1'],
]);

/** Node 24 and 26 list SM2 and make keys on it, but cannot derive a secret. */
function agrees(curve: string): boolean {
  try {
    curveKey(curve).computeSecret(curveKey(curve).getPublicKey());
    return true;
  } catch {
    return false;
  }
}

const uncompressed = 0x04;

/** Draws numbers until one is below the order (FIPS 186-5 appendix A.2.2). @throws {RangeError} after `maxAttempts` */
function drawnKey(curve: string, fieldBits: number, random: Random): ECDH {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const scalar = Uint8Array.from(random(Math.ceil(fieldBits / 8)));
    scalar[0] = (scalar[0] ?? 0) & (0xff >>> (-fieldBits & 7));
    const pair = curveKeyOf(curve, scalar);
    if (pair !== undefined) return pair;
  }
  throw new RangeError(`these bytes give no key on ${curve}`);
}

/**
 * One in four numbers is accepted on the curves with the smallest order: random bytes never need this many attempts.
 */
const maxAttempts = 200;

function keyPair(pair: ECDH, shareLength: number): KeyPair {
  return {
    share: pair.getPublicKey(),
    derive(peerShare) {
      if (peerShare.length !== shareLength) throw new BadShare('length');
      // The primitive accepts hybrid points too, which TLS does not have.
      if (peerShare[0] !== uncompressed) throw new BadShare('point');
      return orBadShare('point', () => pair.computeSecret(peerShare));
    },
  };
}
