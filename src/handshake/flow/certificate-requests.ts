import type { CertificateRequestMode, ClientAuthentication } from './settings.ts';

/** `again`: also a client that has been asked before. */
export type CertificateWish = 'again' | 'unlessAsked';

/** Whether the client is asked for its certificate, over all handshakes of a connection. */
export class CertificateRequests {
  /** The client sends its bare public key (RFC 7250). */
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

  /** It is to ask in this handshake. */
  get due(): boolean {
    return this.current !== 'none' && !(this.once && this.sent > 0);
  }

  /** In the next handshake. A client without a certificate is not refused any more. */
  want(wish: CertificateWish): void {
    this.current = 'optional';
    this.once = wish === 'unlessAsked';
  }

  /** One has gone out. */
  count(): void {
    this.sent++;
  }
}
