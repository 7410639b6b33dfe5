import type { Random } from '../primitives/random.ts';
import { BadShare, type KeyAgreement, symmetric } from './agreement.ts';
import { fieldKeyPair, rfc7919Parameters } from './dh.ts';

/**
 * The finite field groups of RFC 7919 in TLS 1.3: share and secret are padded to the length of the prime (RFC 8446
 * sections 4.2.8.1 and 7.4.1). Undefined for a size without a group.
 */
export function ffdhe(bits: number, random?: Random): KeyAgreement | undefined {
  const parameters = rfc7919Parameters(bits);
  if (parameters === undefined) return undefined;
  const length = parameters.p.length;
  return symmetric(length, () => {
    const pair = fieldKeyPair(parameters, random);
    return {
      share: pair.share,
      derive(peerShare) {
        if (peerShare.length !== length) throw new BadShare('length');
        return pair.derive(peerShare);
      },
    };
  });
}
