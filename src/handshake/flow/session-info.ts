import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { ConnectionIds } from '../../record/inner-plaintext.ts';
import type { Session } from '../../sessions/session.ts';
import type { EchOutcome } from './ech-outcome.ts';

/** SessionInfo holds the results of a finished handshake and the client's offer; the reports print it. */
export interface SessionInfo {
  readonly version: number;
  readonly cipherSuite: CipherSuite;
  /** In TLS 1.3 the session of the last ticket sent. */
  readonly session: Session;
  readonly resumed: boolean;
  /** The kind of resumed session as the client named it; `psk` is an external key. Undefined in a full handshake. */
  readonly resumedFrom?: 'ticket' | 'id' | 'psk';
  /** The identity of the client's pre-shared key; in TLS 1.3 not for a session that was resumed from it. */
  readonly pskIdentity?: Uint8Array;
  /** Code point of the group of the key exchange; undefined without one. */
  readonly group?: number;
  /** Code point of the scheme of our signature; undefined when nothing was signed, and up to TLS 1.1. */
  readonly scheme?: number;
  /** The fate of the client's early data; undefined when it sent none. */
  readonly earlyData?: 'rejected' | 'accepted';
  /** Code points of the client's list, in its order. */
  readonly clientCipherSuites: readonly number[];
  /** The client's list, in its order, restricted to our configured suites. Empty on a TLS 1.2 resumption. */
  readonly sharedCipherSuites: readonly CipherSuite[];
  /** Code points; empty when the client sent none or the session was resumed. */
  readonly signatureAlgorithms: readonly number[];
  readonly sharedSignatureAlgorithms: readonly number[];
  /** Code point of the scheme of the client's CertificateVerify; 0 for RSA up to TLS 1.1, which has none. */
  readonly peerSignatureScheme?: number;
  /** Undefined unless the client sent them and the version is below TLS 1.3. */
  readonly pointFormats?: readonly number[];
  /** Undefined when the reference prints no groups. */
  readonly supportedGroups?: readonly number[];
  readonly sharedGroups: readonly number[];
  /** Distinguished names (DER) of the client's certificate_authorities extension. */
  readonly certificateAuthorities: readonly Uint8Array[];
  readonly serverName?: string;
  readonly alpn?: string;
  readonly nextProtocol?: string;
  readonly srtpProfile?: string;
  /** The connection ids in use (RFC 9146). */
  readonly connectionIds?: ConnectionIds;
  /** True when the hello had the signalling suite or the extension of RFC 5746. */
  readonly secureRenegotiation: boolean;
  /** DER. */
  readonly clientCertificate?: Uint8Array;
  /** DER, leaf first, as sent by the client; a resumed session has only the first. */
  readonly clientChain?: readonly Uint8Array[];
  /** The name in the certificate that matched the expected host; undefined for a resumed session. */
  readonly verifiedPeerName?: string;
  /** SubjectPublicKeyInfo sent instead of a certificate. */
  readonly clientPublicKey?: Uint8Array;
  /** The sides that agreed to send a raw public key (RFC 7250). */
  readonly rawPublicKeys?: { readonly server: boolean; readonly client: boolean };
  /** DER of our own certificate, if the handshake sent one. */
  readonly serverCertificate?: Uint8Array;
  /** The verify_data of both Finished messages. */
  readonly finished?: { readonly client: Uint8Array; readonly server: Uint8Array };
  /** The result of an encrypted hello (RFC 9849); undefined when we have no keys for one. */
  readonly ech?: EchOutcome;
  /**
   * A copy of the ClientHello message; the second one after a HelloRetryRequest, and the inner one when it was
   * encrypted.
   */
  readonly clientHello: Uint8Array;
}
