import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Session } from '../../sessions/session.ts';
import type { EchOutcome } from './ech-outcome.ts';

/** What a finished handshake agreed on and what the client offered; the reports print it. */
export interface SessionInfo {
  readonly version: number;
  readonly cipherSuite: CipherSuite;
  /** In TLS 1.3 the session of the last ticket sent. */
  readonly session: Session;
  readonly resumed: boolean;
  /** How the client named what was resumed; `psk`: a key from outside. Undefined in a full handshake. */
  readonly resumedFrom?: 'ticket' | 'id' | 'psk';
  /** Code point of the group that the keys were agreed on in; undefined where that took none. */
  readonly group?: number;
  /** Code point of the scheme that we have signed with; undefined where nothing was signed, and up to TLS 1.1. */
  readonly scheme?: number;
  /** What became of the client's early data; undefined where it sent none. */
  readonly earlyData?: 'rejected' | 'accepted';
  /** Code points of the client's list, as it came. */
  readonly clientCipherSuites: readonly number[];
  /** The client's list, in its order, restricted to what we are configured with. Empty on a TLS 1.2 resumption. */
  readonly sharedCipherSuites: readonly CipherSuite[];
  /** Code points; empty when the client sent none or the session was resumed. */
  readonly signatureAlgorithms: readonly number[];
  readonly sharedSignatureAlgorithms: readonly number[];
  /** Code point of the scheme that the client's certificate was proven with; 0: RSA up to TLS 1.1, which has none. */
  readonly peerSignatureScheme?: number;
  /** Undefined unless the client sent them and the version is below TLS 1.3. */
  readonly pointFormats?: readonly number[];
  /** Undefined where the reference prints no groups. */
  readonly supportedGroups?: readonly number[];
  readonly sharedGroups: readonly number[];
  /** Distinguished names (DER) of the client's certificate_authorities extension. */
  readonly certificateAuthorities: readonly Uint8Array[];
  readonly serverName?: string;
  readonly alpn?: string;
  readonly nextProtocol?: string;
  readonly srtpProfile?: string;
  /** The hello carried the signalling suite or the extension of RFC 5746. */
  readonly secureRenegotiation: boolean;
  /** DER. */
  readonly clientCertificate?: Uint8Array;
  /** DER, leaf first, as the client has sent them; a resumed session knows only the first. */
  readonly clientChain?: readonly Uint8Array[];
  /** The name in it that is the host which it was verified for; undefined for a resumed session. */
  readonly verifiedPeerName?: string;
  /** SubjectPublicKeyInfo, where it came without a certificate. */
  readonly clientPublicKey?: Uint8Array;
  /** Who has agreed to send the bare key (RFC 7250). */
  readonly rawPublicKeys?: { readonly server: boolean; readonly client: boolean };
  /** DER of our own, in a handshake that has shown one. */
  readonly serverCertificate?: Uint8Array;
  /** The verify_data of both Finished messages. */
  readonly finished?: { readonly client: Uint8Array; readonly server: Uint8Array };
  /** What became of an encrypted hello (RFC 9849); undefined where there are no keys for one. */
  readonly ech?: EchOutcome;
  /**
   * The ClientHello message as it came, a copy; the second one after a HelloRetryRequest, and the inner one where it was
   * encrypted.
   */
  readonly clientHello: Uint8Array;
}
