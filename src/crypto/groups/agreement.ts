/** One side's part of a key agreement. Shares have the form that TLS 1.3 sends. */
export interface KeyPair {
  readonly share: Uint8Array;
  /** @throws {BadShare} */
  derive(peerShare: Uint8Array): Uint8Array;
}

/** A group as a server uses it. */
export interface KeyAgreement {
  /** Of a client's share, in bytes. */
  readonly shareLength: number;
  keyPair(): KeyPair;
  /**
   * The server's answer to a client's share.
   * @throws {BadShare}
   */
  respond(peerShare: Uint8Array): Response;
}

export interface Response {
  readonly share: Uint8Array;
  readonly secret: Uint8Array;
}

/** Wrong length; no point of the curve, or out of range; no usable secret. */
export type ShareFault = 'length' | 'point' | 'secret';

/** A peer's share that gives no secret. */
export class BadShare extends Error {
  override readonly name = 'BadShare';
  readonly fault: ShareFault;

  constructor(fault: ShareFault) {
    super(`bad key share: ${fault}`);
    this.fault = fault;
  }
}

/** An agreement in which both sides do the same. */
export function symmetric(shareLength: number, keyPair: () => KeyPair): KeyAgreement {
  return {
    shareLength,
    keyPair,
    respond(peerShare) {
      // A wrong length is told before a key pair is paid for.
      if (peerShare.length !== shareLength) throw new BadShare('length');
      const pair = keyPair();
      return { share: pair.share, secret: pair.derive(peerShare) };
    },
  };
}

/** What the primitive throws at a peer's bytes becomes a `BadShare`. */
export function orBadShare<T>(fault: ShareFault, step: () => T): T {
  try {
    return step();
  } catch {
    throw new BadShare(fault);
  }
}
