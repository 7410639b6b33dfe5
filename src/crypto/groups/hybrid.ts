import { BadShare, type KeyAgreement } from './agreement.ts';

/** One half of a hybrid group, with the length of a server's share in bytes. */
export interface HybridPart {
  readonly agreement: KeyAgreement;
  readonly responseLength: number;
}

/**
 * Combines two agreements, concatenating their shares and secrets (draft-ietf-tls-ecdhe-mlkem section 4). The order
 * depends on the group: ML-KEM is first in X25519MLKEM768, the curve in those of NIST's curves.
 */
export function hybrid(first: HybridPart, second: HybridPart): KeyAgreement {
  const shareLength = first.agreement.shareLength + second.agreement.shareLength;
  return {
    shareLength,
    keyPair() {
      const pairs = [first.agreement.keyPair(), second.agreement.keyPair()] as const;
      return {
        share: Buffer.concat([pairs[0].share, pairs[1].share]),
        derive(peerShare) {
          if (peerShare.length !== first.responseLength + second.responseLength) throw new BadShare('length');
          return Buffer.concat([
            pairs[0].derive(peerShare.subarray(0, first.responseLength)),
            pairs[1].derive(peerShare.subarray(first.responseLength)),
          ]);
        },
      };
    },
    respond(peerShare) {
      if (peerShare.length !== shareLength) throw new BadShare('length');
      const one = first.agreement.respond(peerShare.subarray(0, first.agreement.shareLength));
      const other = second.agreement.respond(peerShare.subarray(first.agreement.shareLength));
      return {
        share: Buffer.concat([one.share, other.share]),
        secret: Buffer.concat([one.secret, other.secret]),
      };
    },
  };
}
