import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { ConnectionIds } from '../../record/inner-plaintext.ts';
import type { Session } from '../../sessions/session.ts';
import type { EarlyDataReason } from './early-data-fate.ts';
import type { EchOutcome } from './ech-outcome.ts';

/** SessionInfo holds the results of a finished handshake and the client's offer; the reports print it. */
export interface SessionInfo {
  readonly version: number;
  readonly cipherSuite: CipherSuite;
  /** In TLS 1.3 the session of the last ticket sent. */
  readonly session: Session;
  readonly resumed: boolean;
  /** The kind of resumed session as the client named it; `psk` is an external key. Undefined in a full handshake. */
  readonly resumedFrom?: 'ticket' | 'id' | 'psk' | undefined;
  /** The identity of the client's pre-shared key; in TLS 1.3 not for a session that was resumed from it. */
  readonly pskIdentity?: Uint8Array | undefined;
  /** Code point of the group of the key exchange; undefined without one. */
  readonly group?: number | undefined;
  /** Code point of the scheme of our signature; undefined when nothing was signed, and up to TLS 1.1. */
  readonly scheme?: number | undefined;
  /** The fate of the client's early data; undefined when it sent none. */
  readonly earlyData?: 'rejected' | 'accepted' | undefined;
  /** Why early data was accepted, or would not have been; undefined up to TLS 1.2. */
  readonly earlyDataReason?: EarlyDataReason | undefined;
  /** Whole seconds that the client's age of its ticket is higher by than ours; undefined without a ticket of TLS 1.3. */
  readonly ticketAgeSkew?: number | undefined;
  /** Code points of the client's list, in its order. */
  readonly clientCipherSuites: readonly number[];
  /** The client's list, in its order, restricted to our configured suites. Empty on a TLS 1.2 resumption. */
  readonly sharedCipherSuites: readonly CipherSuite[];
  /** Code points; empty when the client sent none or the session was resumed. */
  readonly signatureAlgorithms: readonly number[];
  readonly sharedSignatureAlgorithms: readonly number[];
  /** Code point of the scheme of the client's CertificateVerify; 0 for RSA up to TLS 1.1, which has none. */
  readonly peerSignatureScheme?: number | undefined;
  /** Undefined unless the client sent them and the version is below TLS 1.3. */
  readonly pointFormats?: readonly number[] | undefined;
  /** Undefined when the reference prints no groups. */
  readonly supportedGroups?: readonly number[] | undefined;
  readonly sharedGroups: readonly number[];
  /** Distinguished names (DER) of the client's certificate_authorities extension. */
  readonly certificateAuthorities: readonly Uint8Array[];
  readonly serverName?: string | undefined;
  readonly alpn?: string | undefined;
  readonly nextProtocol?: string | undefined;
  readonly srtpProfile?: string | undefined;
  /** The connection ids in use (RFC 9146). */
  readonly connectionIds?: ConnectionIds | undefined;
  /** True when the hello had the signalling suite or the extension of RFC 5746. */
  readonly secureRenegotiation: boolean;
  /** DER. */
  readonly clientCertificate?: Uint8Array | undefined;
  /** DER, leaf first, as sent by the client; a resumed session has only the first. */
  readonly clientChain?: readonly Uint8Array[] | undefined;
  /** The name in the certificate that matched the expected host; undefined for a resumed session. */
  readonly verifiedPeerName?: string | undefined;
  /** SubjectPublicKeyInfo sent instead of a certificate. */
  readonly clientPublicKey?: Uint8Array | undefined;
  /** The sides that agreed to send a raw public key (RFC 7250). */
  readonly rawPublicKeys?: { readonly server: boolean; readonly client: boolean } | undefined;
  /** DER of our own certificate, if the handshake sent one. */
  readonly serverCertificate?: Uint8Array | undefined;
  /** The verify_data of both Finished messages. */
  readonly finished?: { readonly client: Uint8Array; readonly server: Uint8Array } | undefined;
  /** The result of an encrypted hello (RFC 9849); undefined when we have no keys for one. */
  readonly ech?: EchOutcome | undefined;
  /**
   * A copy of the ClientHello message; the second one after a HelloRetryRequest, and the inner one when it was
   * encrypted.
   */
  readonly clientHello: Uint8Array;
}

/**
 * wholeInfo returns a record with all members in one order: idle connections keep theirs, and a record made by spread
 * can have a shape of its own, which takes more memory than its values.
 */
export function wholeInfo(info: SessionInfo): SessionInfo {
  return {
    version: info.version,
    cipherSuite: info.cipherSuite,
    session: info.session,
    resumed: info.resumed,
    resumedFrom: info.resumedFrom,
    pskIdentity: info.pskIdentity,
    group: info.group,
    scheme: info.scheme,
    earlyData: info.earlyData,
    earlyDataReason: info.earlyDataReason,
    ticketAgeSkew: info.ticketAgeSkew,
    clientCipherSuites: info.clientCipherSuites,
    sharedCipherSuites: info.sharedCipherSuites,
    signatureAlgorithms: info.signatureAlgorithms,
    sharedSignatureAlgorithms: info.sharedSignatureAlgorithms,
    peerSignatureScheme: info.peerSignatureScheme,
    pointFormats: info.pointFormats,
    supportedGroups: info.supportedGroups,
    sharedGroups: info.sharedGroups,
    certificateAuthorities: info.certificateAuthorities,
    serverName: info.serverName,
    alpn: info.alpn,
    nextProtocol: info.nextProtocol,
    srtpProfile: info.srtpProfile,
    connectionIds: info.connectionIds,
    secureRenegotiation: info.secureRenegotiation,
    clientCertificate: info.clientCertificate,
    clientChain: info.clientChain,
    verifiedPeerName: info.verifiedPeerName,
    clientPublicKey: info.clientPublicKey,
    rawPublicKeys: info.rawPublicKeys,
    serverCertificate: info.serverCertificate,
    finished: info.finished,
    ech: info.ech,
    clientHello: info.clientHello,
  } satisfies { [Member in keyof Required<SessionInfo>]: SessionInfo[Member] };
}
