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
  negotiatedCipher,
  showsClient,
  signatureAlgorithmNames,
} from './socket-facts.ts';
import { TransportDuplex } from './transport-duplex.ts';

/**
 * NegotiatedDuplex is a stream with the results of its handshake. Members that a socket of `node:tls` has too behave as
 * there.
 */
export class NegotiatedDuplex extends TransportDuplex {
  /** Tells HTTP servers that everything on this socket is encrypted. */
  readonly encrypted = true;
  protected readonly over: Transported = 'streams';
  protected info: SessionInfo | undefined;
  protected hello: Uint8Array | undefined;
  /** A client without a certificate counts as not authorized. */
  protected asksForCertificate = false;

  /** Undefined until the handshake is done. */
  get sessionInfo(): SessionInfo | undefined {
    return this.info;
  }

  /** The client's latest ClientHello; undefined before there is one. */
  get clientHello(): ReceivedHello | undefined {
    const raw = this.info?.clientHello ?? this.hello;
    return raw && receivedHello(raw, this.over);
  }

  /** helloReceived keeps the bytes of a ClientHello, also for a handshake that fails later. */
  helloReceived(message: Uint8Array): void {
    this.hello = Uint8Array.from(message);
  }

  /** The agreed protocol; false without one. */
  get alpnProtocol(): string | false {
    return this.info?.alpn ?? false;
  }

  /** The client's server name; false without one. */
  get servername(): string | false {
    return this.info?.serverName ?? false;
  }

  /** The protocol version, such as `TLSv1.3`; null until the handshake is done. */
  getProtocol(): string | null {
    return this.info === undefined ? null : versionName(this.info.version);
  }

  /** Undefined until the handshake is done. */
  getCipher(): CipherNameAndProtocol | undefined {
    return this.info && negotiatedCipher(this.info);
  }

  /** True if the client has shown a certificate, or a bare key, that we trust. */
  get authorized(): boolean {
    return this.info !== undefined && showsClient(this.info) && this.authorizationError === null;
  }

  /**
   * The reason why the client is not authorized, such as `CERT_HAS_EXPIRED`; null where no certificate was requested.
   */
  get authorizationError(): string | null {
    return this.info === undefined ? null : authorizationErrorOf(this.info, this.asksForCertificate);
  }

  /** The client's certificate, an empty object without one; `detailed` adds its issuers. */
  getPeerCertificate(detailed: true): DetailedPeerCertificate;
  getPeerCertificate(detailed?: boolean): PeerCertificate;
  getPeerCertificate(detailed = false): PeerCertificate {
    return certificateObject(this.info?.clientCertificate, detailed ? this.info?.clientChain : undefined);
  }

  getPeerX509Certificate(): X509Certificate | undefined {
    return certificateOf(this.info?.clientCertificate);
  }

  /** The certificate shown in this handshake: an empty object without one, as on a resumption. */
  getCertificate(): PeerCertificate {
    return certificateObject(this.info?.serverCertificate);
  }

  getX509Certificate(): X509Certificate | undefined {
    return certificateOf(this.info?.serverCertificate);
  }

  /** Our Finished message of the latest handshake, without its header. */
  getFinished(): Buffer | undefined {
    return this.info?.finished && Buffer.from(this.info.finished.server);
  }

  /** The client's Finished message, without its header. */
  getPeerFinished(): Buffer | undefined {
    return this.info?.finished && Buffer.from(this.info.finished.client);
  }

  /** The signature algorithms of both sides, in the client's order, such as `RSA-PSS+SHA256`. */
  getSharedSigalgs(): string[] {
    return this.info ? signatureAlgorithmNames(this.info) : [];
  }

  /** null: only a client's socket has this. */
  getEphemeralKeyInfo(): EphemeralKeyInfo | null {
    return null;
  }

  /** undefined: only a client's socket has a ticket. */
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
