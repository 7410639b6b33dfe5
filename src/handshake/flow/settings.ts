import type { DhParameters } from '../../crypto/groups/dh.ts';
import type { SrpUsers } from '../../crypto/srp/srp-verifier-file.ts';
import type { AlertName } from '../../names/alerts.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { ErrorLine } from '../../names/problems.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import type { ReplayGuard } from '../../sessions/replay-guard.ts';
import type { Session } from '../../sessions/session.ts';
import type { SessionStore } from '../../sessions/session-store.ts';
import type { Statistics } from '../../sessions/statistics.ts';
import type { TicketProtection } from '../../sessions/ticket-protection.ts';
import type { Crl } from '../../x509/certificates/crl.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { EchKey } from '../../x509/files/ech-keys.ts';
import type { SuiteB, VerifyParameters } from '../../x509/verify/parameters.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import type { Fetched } from './fetched.ts';
import type { ServerInfo } from './server-info.ts';
import type { CookieKeys } from './stateless-cookie.ts';
import type { StatusLookup } from './status-lookup.ts';

/** 0 to 5, as in `@SECLEVEL`. */
export type SecurityLevel = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * The right to start a renegotiation: ours (the default), the client's too, or nobody's. A client without the right gets a
 * warning; with `fatal` its attempt ends the connection.
 */
export type RenegotiationRight = 'byServer' | 'byEither' | 'never' | 'fatal';

/** A certificate that is checked against each client's offer, and used if the client can verify it. */
export interface ExtendedCredential {
  readonly credential: Credential;
  /** DER of the chain that is checked: the file of `-xchain`, without the leaf. */
  readonly chain: readonly Uint8Array[];
  /** The reason why it cannot be used, which ends a handshake that would use it. */
  readonly fault?: readonly ErrorLine[] | undefined;
}

export interface ServerNameChoice {
  /**
   * Compared case-insensitively. For an encrypted hello the names in the certificate of these settings count instead, as
   * in OpenSSL 4.0.
   */
  readonly name: string;
  /** True when any other name ends the handshake. */
  readonly fatal: boolean;
  readonly settings: Settings;
}

/** `-psk`: one key for every identity up to TLS 1.2, and for this identity in TLS 1.3. */
interface PskSettings {
  readonly identity: string;
  /** Hexadecimal as given: an odd number of digits is reported once a client uses the key. */
  readonly key: string;
}

/**
 * Finds the key of an identity (bytes as received), 1 to 256 bytes; undefined for an unknown one, which to the client
 * looks like a wrong key. `connection` is that of `Surroundings`.
 */
type PskLookup = (
  identity: Uint8Array,
  connection: object | undefined,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** The options for early data (RFC 8446 section 4.2.10). */
export interface EarlyDataSettings {
  /** `-early_data`: without it all early data is rejected. */
  readonly accepts: boolean;
  /** Bytes allowed by our tickets; 0: tickets lack the extension. */
  readonly max: number;
  /** Bytes accepted at most, whatever the ticket allowed; also the limit for skipped data. */
  readonly receiveMax: number;
  /** Undefined with `-no_anti_replay`. */
  readonly replayGuard: ReplayGuard | undefined;
}

/** The options for encrypted hellos (RFC 9849). */
export interface EchSettings {
  readonly keys: readonly EchKey[];
  /** `-ech_trialdecrypt`: tries every key when those with the client's identifier fail. */
  readonly trialDecryption: boolean;
  /** `-ech_greaseretries`: retry configurations include an unusable one. */
  readonly greasesRetries: boolean;
}

/** The request for a client certificate: none, optional, or a client without one is refused. */
export type CertificateRequestMode = 'none' | 'optional' | 'required';

/** The application's judgement of a client's chain. */
export interface ChainDecision {
  /** A number of names/verify-errors.ts, kept with the session; 0 for a good chain. */
  readonly result: number;
  /** Absent: true for a good chain. */
  readonly goesOn?: boolean;
  /** Ends the handshake instead of the alert of `result`. */
  readonly alert?: AlertName;
}

/** The request for client certificates, and their verification. */
export interface ClientAuthentication {
  /**
   * The mode of the first handshake: `-verify` is optional, `-Verify` required. Renegotiations and later requests have
   * their own.
   */
  readonly mode: CertificateRequestMode;
  /** The trust anchors. Looked up while a client waits; the store decides how to load them. */
  readonly trust: TrustStore;
  /** Revocation lists besides those of `trust`. */
  readonly crls: readonly Crl[];
  /** Absent: purpose and trust of a TLS client, the authentication level of the security level. */
  readonly parameters: VerifyParameters;
  /** True when raw public keys are accepted instead of certificates (RFC 7250). */
  readonly rawPublicKeys?: boolean;
  /**
   * SubjectPublicKeyInfo of the accepted keys, raw or of a certificate; any other is refused. Empty: no restriction.
   */
  readonly expectedKeys?: readonly Uint8Array[];
  /** Names (DER) of the authorities in the request. */
  readonly authorityNames: readonly Uint8Array[];
  /**
   * True when the handshake continues despite this error; absent: it never does. `error` is a number of
   * names/verify-errors.ts.
   */
  goesOn?(error: number, depth: number): boolean;
  /** Replaces the verification: the application judges the chain (DER, leaf first). `connection` is that of `Surroundings`. */
  decide?(chain: readonly Uint8Array[], connection: object | undefined): ChainDecision | Promise<ChainDecision>;
  /**
   * Fetches more lists for these certificates (DER, leaf first) before they are verified. It does not fail. `left`
   * fires when the client disconnects; `tell` is called with each list.
   */
  fetchCrls?(
    certificates: readonly Uint8Array[],
    left?: AbortSignal,
    tell?: (fetched: Fetched) => void,
  ): Promise<readonly Crl[]>;
}

/** The settings for the name that a client asks for; undefined for a name without settings of its own. */
type ServerNameLookup = (name: string) => Settings | undefined | Promise<Settings | undefined>;

/** Selects one of the client's protocols; undefined ends the handshake. */
export type AlpnChoice = (offer: {
  readonly protocols: readonly string[];
  readonly serverName: string | undefined;
}) => string | undefined | Promise<string | undefined>;

/** Credentials for one client; undefined: those of the settings; `fatal` ends the handshake. */
type CredentialAnswer = readonly Credential[] | 'fatal' | undefined;

/**
 * Finds the credentials for a client by its server name, undefined where it sends none, or by its whole hello, a copy of the
 * message. `connection` is that of `Surroundings`. Asked in full handshakes, also before a HelloRetryRequest.
 */
type CredentialLookup = (
  name: string | undefined,
  connection: object | undefined,
  hello: Uint8Array,
) => CredentialAnswer | Promise<CredentialAnswer>;

/**
 * Judges a client by its hello, a copy of the message, before anything is chosen from it. An alert refuses the client.
 * `connection` is that of `Surroundings`.
 */
type HelloJudge = (
  hello: Uint8Array,
  connection: object | undefined,
) => AlertName | undefined | Promise<AlertName | undefined>;

/** The options for DTLS. */
export interface DatagramSettings {
  /** Bytes of a datagram with its headers of IP and UDP, at least 256 (`-mtu`); undefined when unknown. */
  readonly mtu?: number | undefined;
  /** `-listen`: the connection begins with the hello that has a cookie; the cookie exchange precedes it. */
  readonly listens: boolean;
  readonly cookieKeys: CookieKeys;
  /** `-cid`: bytes of our connection ids, 0 to 20; undefined: none are in use. */
  readonly connectionIdLength?: number | undefined;
}

/** Settings holds the configuration of a server, the same for all its connections. */
export interface Settings {
  /** Undefined: TLS over streams. The versions of the settings are those of TLS in DTLS too. */
  readonly datagrams?: DatagramSettings;
  /** `-use_srtp`: code points of our SRTP profiles in order of preference; in DTLS only. */
  readonly srtpProfiles?: readonly number[];
  /** The lowest and highest version, bounded by `-min_protocol` and the protocol flags. */
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Versions within the bounds disabled by `-no_tls1` and its kin. */
  readonly disabledVersions: ReadonlySet<number>;
  readonly securityLevel: SecurityLevel;
  /** Suites up to TLS 1.2 in our order of preference. */
  readonly cipherSuites: readonly CipherSuite[];
  /** Suite B was requested; the other settings are restricted to it. */
  readonly suiteB?: SuiteB | undefined;
  /** Suites of TLS 1.3 in our order of preference. */
  readonly cipherSuites13: readonly CipherSuite[];
  readonly serverPreference: boolean;
  readonly prioritizeChacha: boolean;
  readonly groups: readonly Group[];
  /**
   * `groups` by level of preference: a later level is used only when no group of an earlier one is shared. Absent: one
   * level.
   */
  readonly groupTuples?: readonly (readonly Group[])[];
  /** A level above `groups` in TLS 1.3, for a client that offers one of these; for others it does not exist. */
  readonly hybridGroups?: readonly Group[];
  /** Undefined: the library's own list. */
  readonly signatureAlgorithms: readonly SignatureScheme[] | undefined;
  readonly credentials: readonly Credential[];
  /** Replaces `credentials` in each handshake. */
  readonly credentialsFor?: CredentialLookup;
  /** `-xcert`: replaces `credentials`. Absent and empty: there are none. */
  readonly extendedCredentials?: readonly ExtendedCredential[];
  /** `-strict`: a certificate is not used if the client cannot verify the signatures of its chain. */
  readonly strictCertificates: boolean;
  /** `none` with `-no_dhe`; the parameters of `-dhparam`. */
  readonly temporaryDh: 'auto' | 'none' | DhParameters;
  /** Protocols in our order of preference; empty: the extension is ignored. */
  readonly alpn: readonly string[];
  /** Replaces `alpn`. */
  readonly chooseAlpn?: AlpnChoice;
  /** Protocols of Next Protocol Negotiation; undefined: the extension is ignored. */
  readonly nextProtocols?: readonly string[] | undefined;
  readonly psk?: PskSettings;
  /** Replaces `psk`. */
  readonly lookUpPsk?: PskLookup;
  /** `-psk_session`: in TLS 1.3 the session of this identity, which takes precedence over the key. */
  readonly pskSession?: { readonly identity: string; readonly session: Session };
  /** Sent up to TLS 1.2; undefined: no hint. */
  readonly pskHint?: Uint8Array;
  /** The users of `-srpvfile`. */
  readonly srpUsers?: SrpUsers;
  /** Asked once in each handshake; after a stateless HelloRetryRequest again. */
  readonly judgeHello?: HelloJudge;
  /** `-servername`: clients that ask for this name get other settings, with another certificate. */
  readonly serverName?: ServerNameChoice | ServerNameLookup;
  readonly sessionIdContext: Uint8Array;
  /**
   * Resumption without a key exchange in TLS 1.3 (RFC 8446 section 4.2.9). `allowed`: when the client offers no other
   * mode or sends no share; `preferred`: whenever it offers this mode.
   */
  readonly pskOnly?: 'never' | 'allowed' | 'preferred';
  /** `-stateless`: TLS 1.3 clients must retry with a cookie sealed by these keys. */
  readonly cookieKeys?: CookieKeys;
  /** Undefined: early data is neither offered nor accepted. */
  readonly earlyData?: EarlyDataSettings;
  /** Undefined: the extension is ignored. */
  readonly ech?: EchSettings;
  /** False with `-no_ticket`. */
  readonly tickets: boolean;
  /** Number of tickets after a full TLS 1.3 handshake. */
  readonly ticketCount: number;
  /** TLS 1.3 records are padded to a multiple of this many bytes; 0 and 1: no padding. */
  readonly recordPadding: number;
  /** The same for records with handshake messages; absent: `recordPadding`. */
  readonly handshakePadding?: number;
  /** Bytes of content in a record sent, 512 to 16384. */
  readonly maxSendFragment: number;
  /**
   * `-record_size_limit`: the record limit announced to clients, 64 to 16385 bytes; undefined: the extension is
   * ignored.
   */
  readonly recordSizeLimit?: number;
  /** Trust anchors of our chain (draft-ietf-tls-trust-anchor-ids); absent and empty: the extension is ignored. */
  readonly trustAnchors?: readonly Uint8Array[];
  readonly middleboxCompatibility: boolean;
  /** `-cert_comp`: certificates are compressed for clients that support it (RFC 8879). */
  readonly compressesCertificates?: boolean;
  /** True when clients may send compressed certificates. */
  readonly takesCompressedCertificates?: boolean;
  /** `-enable_server_rpk`: the raw public key is sent to clients that accept it (RFC 7250). */
  readonly rawPublicKey?: boolean;
  /** `-comp`: DEFLATE up to TLS 1.2, if the security level allows it. */
  readonly compression?: boolean;
  /** OCSP responses for clients that request them (RFC 6066 section 8); undefined: none are sent. */
  readonly ocsp?: StatusLookup;
  /** `-serverinfo` */
  readonly serverInfo?: ServerInfo | undefined;
  /** Undefined: no client certificate is ever requested. */
  readonly clientAuthentication?: ClientAuthentication;
  /** Schemes for the signatures of clients; undefined: as `signatureAlgorithms`. */
  readonly clientSignatureAlgorithms?: readonly SignatureScheme[] | undefined;
  /** In TLS 1.0 and SSL 3.0 an empty record precedes data under a chained IV; off with `-bugs`. */
  readonly emptyFragments?: boolean;
  /** RFC 7366, off with `-no_etm`. */
  readonly encryptThenMac: boolean;
  /** RFC 7627, off with `-no_ems`. */
  readonly extendedMasterSecret: boolean;
  readonly renegotiation: RenegotiationRight;
  /** Renegotiates also with clients without RFC 5746. */
  readonly legacyRenegotiation: boolean;
  /** True unless a renegotiation must be a full handshake. */
  readonly resumesOnRenegotiation: boolean;
  readonly ignoreUnexpectedEof: boolean;
  /**
   * True when what the RFCs forbid is refused, and with their alert, also where the reference tolerates it or has another
   * (docs/decisions/strict.md). Absent: false.
   */
  readonly strict?: boolean;
  /** `-debug_broken_protocol`: reports violations of the protocol and continues. */
  readonly toleratesBroken: boolean;
  readonly ticketKeys: TicketProtection;
  readonly sessions: SessionStore;
  /**
   * `external` (`-ext_cache`): every lookup and every new session is reported. `off` (`-no_cache`): no ids are given
   * out.
   */
  readonly sessionCache: 'internal' | 'external' | 'off';
  /** The prefix of every session id; empty unless `-id_prefix` is given. */
  readonly sessionIdPrefix: Uint8Array;
  /** False with `-no_resume_ephemeral`: a session with an (EC)DHE key is not resumable. */
  readonly resumesEphemeral: boolean;
  /** Seconds that a session may be resumed. */
  readonly sessionTimeout: number;
  readonly statistics: Statistics;
}
