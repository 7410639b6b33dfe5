import type { DhParameters } from '../../crypto/groups/dh.ts';
import type { SrpUsers } from '../../crypto/srp/srp-verifier-file.ts';
import type { CipherSuite } from '../../names/cipher-suites.ts';
import type { Group } from '../../names/groups.ts';
import type { ErrorLine } from '../../names/problems.ts';
import type { SignatureScheme } from '../../names/signature-schemes.ts';
import type { ReplayGuard } from '../../sessions/replay-guard.ts';
import type { Session } from '../../sessions/session.ts';
import type { SessionStore } from '../../sessions/session-store.ts';
import type { Statistics } from '../../sessions/statistics.ts';
import type { TicketKeys } from '../../sessions/ticket-keys.ts';
import type { Crl } from '../../x509/certificates/crl.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { EchKey } from '../../x509/files/ech-keys.ts';
import type { SuiteB, VerifyParameters } from '../../x509/verify/parameters.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import type { Fetched } from './fetched.ts';
import type { ServerInfo } from './server-info.ts';
import type { CookieKeys } from './stateless-cookie.ts';
import type { StatusLookup } from './status-lookup.ts';

/** 0 to 5, as `@SECLEVEL` sets it. */
export type SecurityLevel = 0 | 1 | 2 | 3 | 4 | 5;

/** Who may begin a renegotiation: we (the default), the client too, or nobody. */
export type RenegotiationRight = 'byServer' | 'byEither' | 'never';

/** A certificate that is checked against every client anew, and used for those that can use it. */
export interface ExtendedCredential {
  readonly credential: Credential;
  /** DER of what counts as its chain in the check: the file of `-xchain`, without the leaf. */
  readonly chain: readonly Uint8Array[];
  /** Why it cannot be used after all, which ends the handshake that would use it. */
  readonly fault?: readonly ErrorLine[] | undefined;
}

export interface ServerNameChoice {
  /** Compared without regard to case. */
  readonly name: string;
  /** Another name ends the handshake. */
  readonly fatal: boolean;
  readonly settings: Settings;
}

/** `-psk`: one key for every identity up to TLS 1.2, and for this identity in TLS 1.3. */
export interface PskSettings {
  readonly identity: string;
  /** Hexadecimal as it was given: an odd number of digits is told once a client wants the key. */
  readonly key: string;
}

/**
 * The key for the identity (bytes as they came) that a client of this connection names, 1 to 256 bytes; undefined for
 * one that nobody has, which then looks to the client like a wrong key. `connection` is that of `Surroundings`.
 */
export type PskLookup = (
  identity: Uint8Array,
  connection: object | undefined,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** What the options say about early data (RFC 8446 section 4.2.10). */
export interface EarlyDataSettings {
  /** `-early_data`: without it all of it is rejected. */
  readonly accepts: boolean;
  /** Bytes that tickets allow; 0: tickets say nothing of early data. */
  readonly max: number;
  /** Bytes that are taken at most, whatever a ticket said; the measure for what is skipped too. */
  readonly receiveMax: number;
  /** Undefined with `-no_anti_replay`. */
  readonly replayGuard: ReplayGuard | undefined;
}

/** How encrypted hellos are read (RFC 9849). */
export interface EchSettings {
  readonly keys: readonly EchKey[];
  /** `-ech_trialdecrypt`: every key is tried where those with the client's number do not open it. */
  readonly trialDecryption: boolean;
  /** `-ech_greaseretries`: clients that should try again are told a configuration of no use too. */
  readonly greasesRetries: boolean;
}

/** Whether clients are asked for a certificate, and whether one without is refused. */
export type CertificateRequestMode = 'none' | 'optional' | 'required';

/** What is asked of clients, and what is asked of their certificates. */
export interface ClientAuthentication {
  /** In the first handshake: `-verify` is optional, `-Verify` required. Renegotiations and later requests have their own. */
  readonly mode: CertificateRequestMode;
  /** Where the anchors are. Asked while a client waits; what it reads for that is its own matter. */
  readonly trust: TrustStore;
  /** Lists beside those of `trust`. */
  readonly crls: readonly Crl[];
  /** Absent: purpose and trust of a TLS client, the authentication level of the security level. */
  readonly parameters: VerifyParameters;
  /** Bare keys are taken instead of certificates, where the client has them (RFC 7250). */
  readonly rawPublicKeys?: boolean;
  /** SubjectPublicKeyInfo. Whose key is one of these is right, however it comes, and nobody else; empty: no such rule. */
  readonly expectedKeys?: readonly Uint8Array[];
  /** Names (DER) of the authorities that the request names. */
  readonly authorityNames: readonly Uint8Array[];
  /** Whether the handshake goes on although this was found; undefined: it never does. `error` is a number of names/verify-errors.ts. */
  goesOn?(error: number, depth: number): boolean;
  /**
   * More lists, fetched for these certificates (DER, leaf first); asked before they are verified. It does not fail.
   * `left` fires when the client has left; `tell` hears of each list.
   */
  fetchCrls?(
    certificates: readonly Uint8Array[],
    left?: AbortSignal,
    tell?: (fetched: Fetched) => void,
  ): Promise<readonly Crl[]>;
}

/** The settings for the name that a client asks for; undefined for a name that changes nothing. */
export type ServerNameLookup = (name: string) => Settings | undefined | Promise<Settings | undefined>;

/** One of the protocols that the client names; undefined ends the handshake. */
export type AlpnChoice = (offer: {
  readonly protocols: readonly string[];
  readonly serverName: string | undefined;
}) => string | undefined | Promise<string | undefined>;

/** What there is to settle about DTLS. */
export interface DatagramSettings {
  /** Bytes of a datagram with its headers of IP and UDP, at least 256 (`-mtu`); undefined: it is not known. */
  readonly mtu?: number | undefined;
  /** `-listen`: who has come with a cookie has the socket to itself, and was greeted before the connection began. */
  readonly listens: boolean;
  readonly cookieKeys: CookieKeys;
}

/** How a server behaves: what the options ask for, the same for all its connections. */
export interface Settings {
  /** Undefined: TLS over streams. The versions are those of TLS all the same, from which those of DTLS were made. */
  readonly datagrams?: DatagramSettings;
  /** `-use_srtp`: code points of our SRTP profiles in order of preference; on datagrams only. */
  readonly srtpProfiles?: readonly number[];
  /** The lowest and highest version, as `-min_protocol` and the protocol flags bound it. */
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Versions inside the bounds that `-no_tls1` and its kin take out. */
  readonly disabledVersions: ReadonlySet<number>;
  readonly securityLevel: SecurityLevel;
  /** Suites up to TLS 1.2 in our order of preference. */
  readonly cipherSuites: readonly CipherSuite[];
  /** Suite B was asked for; the other settings are restricted to it. */
  readonly suiteB?: SuiteB | undefined;
  /** Suites of TLS 1.3 in our order of preference. */
  readonly cipherSuites13: readonly CipherSuite[];
  readonly serverPreference: boolean;
  readonly prioritizeChacha: boolean;
  readonly groups: readonly Group[];
  /** `groups` by level of preference: a later level counts only when nothing of an earlier one is shared. Absent: one level. */
  readonly groupTuples?: readonly (readonly Group[])[];
  /** Undefined: the library's own list. */
  readonly signatureAlgorithms: readonly SignatureScheme[] | undefined;
  readonly credentials: readonly Credential[];
  /** `-xcert`: they take the place of `credentials`. Absent and empty: there are none. */
  readonly extendedCredentials?: readonly ExtendedCredential[];
  /** `-strict`: a certificate whose chain's signatures the client cannot verify is not used. */
  readonly strictCertificates: boolean;
  /** `none` with `-no_dhe`; the parameters of `-dhparam`. */
  readonly temporaryDh: 'auto' | 'none' | DhParameters;
  /** Protocols in our order of preference; empty: the extension is ignored. */
  readonly alpn: readonly string[];
  /** Takes the place of `alpn`. */
  readonly chooseAlpn?: AlpnChoice;
  /** Protocols of Next Protocol Negotiation; undefined: the extension is ignored. */
  readonly nextProtocols?: readonly string[] | undefined;
  readonly psk?: PskSettings;
  /** Takes the place of `psk`. */
  readonly lookUpPsk?: PskLookup;
  /** `-psk_session`: in TLS 1.3 it is the session of this identity, and wins over the key. */
  readonly pskSession?: { readonly identity: string; readonly session: Session };
  /** Said up to TLS 1.2; undefined: no hint. */
  readonly pskHint?: Uint8Array;
  /** The users of `-srpvfile`. */
  readonly srpUsers?: SrpUsers;
  /** `-servername`: clients that ask for this name are served by other settings, with another certificate. */
  readonly serverName?: ServerNameChoice | ServerNameLookup;
  readonly sessionIdContext: Uint8Array;
  /** Whether TLS 1.3 resumes without a key exchange (RFC 8446 section 4.2.9): for clients that want no other, or all. */
  readonly pskOnly?: 'never' | 'allowed' | 'preferred';
  /** `-stateless`: clients of TLS 1.3 have to come again with a cookie made with these. */
  readonly cookieKeys?: CookieKeys;
  /** Undefined: none is asked for and none taken. */
  readonly earlyData?: EarlyDataSettings;
  /** Undefined: the extension is ignored. */
  readonly ech?: EchSettings;
  /** Off with `-no_ticket`. */
  readonly tickets: boolean;
  /** Tickets after a full TLS 1.3 handshake. */
  readonly ticketCount: number;
  /** TLS 1.3 records are padded to a multiple of this; 0 and 1: not at all. */
  readonly recordPadding: number;
  /** The same of the records with messages in them; absent: as the others. */
  readonly handshakePadding?: number;
  /** Bytes of content in a record that we send, 512 to 16384. */
  readonly maxSendFragment: number;
  /** `-record_size_limit`: bytes, 64 to 16385, that clients are told to keep their records in; undefined: the extension is ignored. */
  readonly recordSizeLimit?: number;
  /** Trust anchors that our chain leads to (draft-ietf-tls-trust-anchor-ids); absent and empty: the extension is ignored. */
  readonly trustAnchors?: readonly Uint8Array[];
  readonly middleboxCompatibility: boolean;
  /** `-cert_comp`: certificates go out compressed where the client wants them so (RFC 8879). */
  readonly compressesCertificates?: boolean;
  /** Clients are told that their certificates may come compressed. */
  readonly takesCompressedCertificates?: boolean;
  /** `-enable_server_rpk`: the bare public key goes out where the client takes it (RFC 7250). */
  readonly rawPublicKey?: boolean;
  /** `-comp`: DEFLATE up to TLS 1.2, as far as the security level allows it. */
  readonly compression?: boolean;
  /** What OCSP says of the certificate, for clients that ask (RFC 6066 section 8); undefined: they are told nothing. */
  readonly ocsp?: StatusLookup;
  /** `-serverinfo` */
  readonly serverInfo?: ServerInfo | undefined;
  /** Undefined: clients are never asked for a certificate. */
  readonly clientAuthentication?: ClientAuthentication;
  /** What clients may sign with; undefined: as `signatureAlgorithms`. */
  readonly clientSignatureAlgorithms?: readonly SignatureScheme[] | undefined;
  /** In TLS 1.0 and SSL 3.0 an empty record goes before data under a chained IV; off with `-bugs`. */
  readonly emptyFragments?: boolean;
  /** RFC 7366, off with `-no_etm`. */
  readonly encryptThenMac: boolean;
  /** RFC 7627, off with `-no_ems`. */
  readonly extendedMasterSecret: boolean;
  readonly renegotiation: RenegotiationRight;
  /** Renegotiates also with clients that do not know RFC 5746. */
  readonly legacyRenegotiation: boolean;
  /** Full handshakes on renegotiation. */
  readonly resumesOnRenegotiation: boolean;
  readonly ignoreUnexpectedEof: boolean;
  /** `-debug_broken_protocol`: tell violations of the protocol and go on. */
  readonly toleratesBroken: boolean;
  readonly ticketKeys: TicketKeys;
  readonly sessions: SessionStore;
  /** `external` (`-ext_cache`): every look-up and every new session is told. `off` (`-no_cache`): ids are not given out. */
  readonly sessionCache: 'internal' | 'external' | 'off';
  /** What every session id begins with; empty unless `-id_prefix` is given. */
  readonly sessionIdPrefix: Uint8Array;
  /** Off with `-no_resume_ephemeral`: a session with a fresh (EC)DHE key is not resumable. */
  readonly resumesEphemeral: boolean;
  /** Seconds that a session may be resumed. */
  readonly sessionTimeout: number;
  readonly statistics: Statistics;
}
