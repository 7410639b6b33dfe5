import type { ErrorLine } from '../../names/problems.ts';

/** One side's part of a key agreement. Shares have the form of TLS 1.3. */
export interface KeyPair {
  readonly share: Uint8Array;
  /** @throws {BadShare} */
  derive(peerShare: Uint8Array): Uint8Array;
}

/** KeyAgreement is a group from the server's side. */
export interface KeyAgreement {
  /** Bytes of a client's share. */
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

/** Wrong length; not a point of the curve, or out of range; no usable secret. */
export type ShareFault = 'length' | 'point' | 'secret';

/** BadShare is thrown for a peer's share that gives no secret. */
export class BadShare extends Error {
  override readonly name = 'BadShare';
  readonly fault: ShareFault;
  /** The fault in the words of the reference's library; absent where it has none. */
  readonly lines: readonly ErrorLine[];

  constructor(fault: ShareFault, ...lines: readonly ErrorLine[]) {
    super(`bad key share: ${fault}`);
    this.fault = fault;
    this.lines = lines;
  }
}

/** An agreement whose two sides work alike. */
export function symmetric(shareLength: number, keyPair: () => KeyPair): KeyAgreement {
  return {
    shareLength,
    keyPair,
    respond(peerShare) {
      // The length is checked before a key pair is generated.
      if (peerShare.length !== shareLength) throw new BadShare('length');
      const pair = keyPair();
      return { share: pair.share, secret: pair.derive(peerShare) };
    },
  };
}

/** Turns an exception of the primitive, caused by a peer's bytes, into a `BadShare`. */
export function orBadShare<T>(fault: ShareFault, step: () => T, ...lines: readonly ErrorLine[]): T {
  try {
    return step();
  } catch {
    throw new BadShare(fault, ...lines);
  }
}
