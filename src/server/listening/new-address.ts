/** Bytes sent to an unvalidated address for each byte received from it. */
const factor = 3;

/**
 * NewAddress limits what is sent to an address that a peer has moved to, until it is known to receive there: a copied
 * datagram can come from anywhere. The limit is three times the bytes received from it (RFC 9146 section 6 leaves the
 * method open; the factor is that of RFC 9000 section 8).
 */
export class NewAddress {
  private allowance = 0;
  private hasBeenSent = false;
  private answered = false;

  /** True once an authentic datagram newer than all before has followed one that was sent there. */
  get isProven(): boolean {
    return this.answered;
  }

  /** received counts an authentic datagram, newer than all before it. */
  received(length: number): void {
    this.allowance += factor * length;
    this.answered ||= this.hasBeenSent;
  }

  /** False for a datagram beyond the limit, which is dropped. */
  maySend(length: number): boolean {
    if (this.answered) return true;
    if (length > this.allowance) return false;
    this.allowance -= length;
    this.hasBeenSent = true;
    return true;
  }
}
