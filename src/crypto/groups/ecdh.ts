import { type ECDH, getCurves } from 'node:crypto';
import { curveKey, curveKeyOf } from '../primitives/primitives.ts';
import type { Random } from '../primitives/random.ts';
import { BadShare, type KeyAgreement, type KeyPair, symmetric } from './agreement.ts';
import { PointForm, pointFault } from './point-fault.ts';

/**
 * ECDH on a curve by its TLS name (`secp256r1`, `brainpoolP384r1`, `sect571k1`). The answer of TLS 1.3 accepts uncompressed
 * points only (RFC 8446 section 4.2.8.2); a key pair of its own accepts compressed ones too (RFC 8422 section 5.4.1).
 * Undefined when the name is unknown, or this OpenSSL does not carry the curve. `random` is the source of private keys, by
 * default Node's own.
 */
export function ecdh(name: string, random?: Random): KeyAgreement | undefined {
  const fieldBits = name === 'curveSM2' ? 256 : /^(?:secp|sect|brainpoolP)(\d+)[kr]\d/.exec(name)?.[1];
  const curve = nodeNames.get(name) ?? name.replace(/tls13$/, '');
  if (fieldBits === undefined || !getCurves().includes(curve)) return undefined;
  if (curve === 'SM2' && !agrees(curve)) return undefined;
  const fieldLength = Math.ceil(Number(fieldBits) / 8);
  const shareLength = 1 + 2 * fieldLength;
  const freshKey = random === undefined ? () => curveKey(curve) : () => drawnKey(curve, Number(fieldBits), random);
  const agreement = symmetric(shareLength, () => keyPair(freshKey(), curve, fieldLength));
  return {
    ...agreement,
    respond(peerShare) {
      if (peerShare[0] !== PointForm.uncompressed) throw new BadShare('point');
      if (peerShare.length !== shareLength) throw pointFault(curve, peerShare, fieldLength);
      return agreement.respond(peerShare);
    },
  };
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

function keyPair(pair: ECDH, curve: string, fieldLength: number): KeyPair {
  return {
    share: pair.getPublicKey(),
    derive(peerShare) {
      if (!isWhole(peerShare, fieldLength)) throw pointFault(curve, peerShare, fieldLength);
      try {
        return pair.computeSecret(peerShare);
      } catch {
        throw pointFault(curve, peerShare, fieldLength);
      }
    },
  };
}

/** The primitive takes hybrid points too, which TLS has no room for. */
function isWhole(point: Uint8Array, fieldLength: number): boolean {
  const [form] = point;
  if (form === PointForm.uncompressed) return point.length === 1 + 2 * fieldLength;
  const isCompressed = form === PointForm.compressedEven || form === PointForm.compressedOdd;
  return isCompressed && point.length === 1 + fieldLength;
}
