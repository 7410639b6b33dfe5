import type { CertificateRequestMode, ClientAuthentication } from './settings.ts';

/** `again` includes a client that was asked before. */
export type CertificateWish = 'again' | 'unlessAsked';

/** CertificateRequests decides over all handshakes of a connection when to request the client's certificate. */
export class CertificateRequests {
  /** True when the client sends its raw public key (RFC 7250). */
  rawPublicKey = false;
  private sent = 0;
  private current: CertificateRequestMode;
  private once = true;

  constructor(settings: ClientAuthentication | undefined) {
    this.current = settings?.mode ?? 'none';
  }

  get mode(): CertificateRequestMode {
    return this.current;
  }

  /** True when this handshake must request it. */
  get due(): boolean {
    return this.current !== 'none' && !(this.once && this.sent > 0);
  }

  /** Requests it in the next handshake. A client without a certificate is no longer refused. */
  want(wish: CertificateWish): void {
    this.current = 'optional';
    this.once = wish === 'unlessAsked';
  }

  /** Counts a request sent. */
  count(): void {
    this.sent++;
  }
}
