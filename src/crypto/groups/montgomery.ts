import { diffieHellman } from 'node:crypto';
import type { ErrorLine } from '../../names/problems.ts';
import {
  type FreshKey,
  type MontgomeryCurve,
  montgomeryKey,
  montgomeryKeyOf,
  montgomeryPublicKey,
} from '../primitives/primitives.ts';
import type { Random } from '../primitives/random.ts';
import { BadShare, type KeyAgreement, type KeyPair, orBadShare, symmetric } from './agreement.ts';

/**
 * X25519 and X448 (RFC 7748; RFC 8446 section 4.2.8.2). Share and secret have the same length. `random` is the source
 * of private keys, by default Node's own.
 */
export function montgomery(curve: MontgomeryCurve, random?: Random): KeyAgreement {
  const length = curve === 'x25519' ? 32 : 56;
  return symmetric(length, () =>
    keyPair(curve, length, random === undefined ? montgomeryKey(curve) : montgomeryKeyOf(curve, random(length))),
  );
}

function keyPair(curve: MontgomeryCurve, length: number, { privateKey, share }: FreshKey): KeyPair {
  return {
    share,
    derive(peerShare) {
      if (peerShare.length !== length) throw new BadShare('length');
      const publicKey = orBadShare('point', () => montgomeryPublicKey(curve, peerShare));
      const secret = orBadShare('secret', () => diffieHellman({ privateKey, publicKey }), underivable);
      // RFC 8446 section 7.4.2: "implementations MUST check whether the computed Diffie-Hellman shared secret is the
      // all-zero value". OpenSSL refuses by itself; not all libraries that Node may be built with do.
      if (secret.every((byte) => byte === 0)) throw new BadShare('secret', underivable);
      return secret;
    },
  };
}

/** The line of the reference's provider about a point of small order. */
const underivable: ErrorLine = {
  library: 57,
  reason: 164,
  text: 'failed during derivation',
  function: 'ecx_derive',
};
