import type { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, EphemeralKeyInfo, PeerCertificate } from 'node:tls';
import { view } from '../../bytes/hex.ts';
import { type ReceivedHello, receivedHello, type Transported } from '../../facts/received-hello.ts';
import type { SessionInfo } from '../../handshake/flow/session-info.ts';
import { versionName } from '../../names/versions.ts';
import { sessionToDer } from '../../sessions/session-der.ts';
import {
  authorizationErrorOf,
  type CipherNameAndProtocol,
  certificateObject,
  certificateOf,
  cipherOf,
  showsClient,
  signatureAlgorithmWords,
} from './socket-facts.ts';
import { TransportDuplex } from './transport-duplex.ts';

/**
 * A stream that knows what a handshake has agreed on. Members that a socket of `node:tls` has too are what they are there.
 */
export class NegotiatedDuplex extends TransportDuplex {
  /** All that this socket carries is encrypted, as it says to whoever serves HTTP on it. */
  readonly encrypted = true;
  protected readonly over: Transported = 'streams';
  protected info: SessionInfo | undefined;
  protected hello: Uint8Array | undefined;
  /** A client without a certificate is one that is not authorized. */
  protected asksForCertificate = false;

  /** Undefined until the handshake is done. */
  get sessionInfo(): SessionInfo | undefined {
    return this.info;
  }

  /** The client's newest ClientHello; undefined before there is one. */
  get clientHello(): ReceivedHello | undefined {
    const raw = this.info?.clientHello ?? this.hello;
    return raw && receivedHello(raw, this.over);
  }

  /** Keeps the bytes of a ClientHello that has come, also where the handshake fails then. */
  helloReceived(message: Uint8Array): void {
    this.hello = Uint8Array.from(message);
  }

  /** False where none was agreed on. */
  get alpnProtocol(): string | false {
    return this.info?.alpn ?? false;
  }

  /** The name that the client asked for; false where it asked for none. */
  get servername(): string | false {
    return this.info?.serverName ?? false;
  }

  /** Such as `TLSv1.3`; null until the handshake is done. */
  getProtocol(): string | null {
    return this.info === undefined ? null : versionName(this.info.version);
  }

  /** Undefined until the handshake is done. */
  getCipher(): CipherNameAndProtocol | undefined {
    return this.info && cipherOf(this.info);
  }

  /** The client has shown a certificate, or a bare key, that we trust. */
  get authorized(): boolean {
    return this.info !== undefined && showsClient(this.info) && this.authorizationError === null;
  }

  /** Why not, such as `CERT_HAS_EXPIRED`; null where no certificate was asked for. */
  get authorizationError(): string | null {
    return this.info === undefined ? null : authorizationErrorOf(this.info, this.asksForCertificate);
  }

  /** An empty object where the client has sent none; in detail with those that have signed it. */
  getPeerCertificate(detailed: true): DetailedPeerCertificate;
  getPeerCertificate(detailed?: boolean): PeerCertificate;
  getPeerCertificate(detailed = false): PeerCertificate {
    return certificateObject(this.info?.clientCertificate, detailed ? this.info?.clientChain : undefined);
  }

  getPeerX509Certificate(): X509Certificate | undefined {
    return certificateOf(this.info?.clientCertificate);
  }

  /** The one that this handshake has shown: an empty object where that was none, as on a resumption. */
  getCertificate(): PeerCertificate {
    return certificateObject(this.info?.serverCertificate);
  }

  getX509Certificate(): X509Certificate | undefined {
    return certificateOf(this.info?.serverCertificate);
  }

  /** Our Finished message of the newest handshake, without its header. */
  getFinished(): Buffer | undefined {
    return this.info?.finished && Buffer.from(this.info.finished.server);
  }

  /** The client's. */
  getPeerFinished(): Buffer | undefined {
    return this.info?.finished && Buffer.from(this.info.finished.client);
  }

  /** What both sides can sign with, in the client's order, such as `RSA-PSS+SHA256`. */
  getSharedSigalgs(): string[] {
    return this.info ? signatureAlgorithmWords(this.info) : [];
  }

  /** A server does not say: that is for the client's side. */
  getEphemeralKeyInfo(): EphemeralKeyInfo | null {
    return null;
  }

  /** Tickets are for the client's side. */
  getTLSTicket(): Buffer | undefined {
    return undefined;
  }

  /** The session in OpenSSL's DER; undefined until the handshake is done. */
  getSession(): Buffer | undefined {
    return this.info && view(sessionToDer(this.info.session));
  }

  isSessionReused(): boolean {
    return this.info?.resumed ?? false;
  }
}
