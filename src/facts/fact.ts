import type { AlertName } from '../names/alerts.ts';
import type { ProblemName } from '../names/problems.ts';
import type { CodePoint, Json, Text } from './value.ts';

/**
 * Fact is one thing that happened, as a value that JSON can hold. Members stand in the order in which they are written.
 * Byte strings are lower-case hexadecimal, times are milliseconds since the start of the program unless a member says
 * otherwise. docs/facts.schema.json describes the same for other programs.
 */
export type Fact =
  | StartFact
  | ListeningFact
  | ConnectedFact
  | ClientHelloFact
  | MessageFact
  | RecordFact
  | ChoiceFact
  | AlertFact
  | VerifyFact
  | SecretFact
  | EstablishedFact
  | RenegotiatedFact
  | KeyUpdateFact
  | DataFact
  | HttpFact
  | FailedFact
  | ClosedFact
  | BrokenFact
  | FlightFact
  | FetchFact
  | LostFact
  | EndFact;

export type FactKind = Fact['fact'];
export type FactOf<K extends FactKind> = Extract<Fact, { readonly fact: K }>;

interface Happened<K extends string> {
  readonly fact: K;
  /** Milliseconds since the start, of a monotonic clock, with three decimals. */
  readonly at: number;
}

interface OfConnection<K extends string> extends Happened<K> {
  /** Counts from 1. */
  readonly connection: number;
}

/** `in` is from the client to us. */
export type Way = 'in' | 'out';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export type TransportName = 'tcp' | 'udp' | 'unix';

export interface StartFact extends Happened<'start'> {
  /** RFC 3339. */
  readonly time: string;
  readonly version: string;
  readonly node: string;
  readonly openssl: string;
  /** Secrets in it are `***`. */
  readonly argv: readonly string[];
  readonly pid: number;
  /** Null unless the randomness was chosen. */
  readonly seed: number | null;
}

/** A certificate of ours, as a client needs to know it. */
export interface OwnCertificate {
  readonly subject: string;
  readonly names: readonly string[];
  readonly key: string;
  /** SHA-256 of the certificate. */
  readonly fingerprint: string;
  /** SHA-256 of its public key, base64, as curl's --pinnedpubkey takes it. */
  readonly pin: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface ListeningFact extends Happened<'listening'> {
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
  readonly transport: TransportName;
  readonly certificates: readonly OwnCertificate[];
  /** Ready-made command lines of clients. */
  readonly connect: readonly string[];
}

export interface ConnectedFact extends OfConnection<'connected'> {
  /** Null on a unix socket. */
  readonly remote: Endpoint | null;
  readonly local: Endpoint | null;
  readonly transport: TransportName;
}

export interface ExtensionFact extends CodePoint {
  /** Decoded by its wire description; null where there is none, or the bytes do not follow it. */
  readonly value: Json;
  readonly bytes: string;
}

export interface ClientHelloFact extends OfConnection<'clientHello'> {
  /** 2 after a HelloRetryRequest. */
  readonly number: number;
  readonly legacyVersion: CodePoint;
  readonly random: string;
  readonly sessionId: string;
  readonly cipherSuites: readonly CodePoint[];
  readonly compressionMethods: readonly number[];
  /** Of supported_versions; empty where the extension is missing. */
  readonly versions: readonly CodePoint[];
  readonly groups: readonly CodePoint[];
  readonly keyShares: readonly CodePoint[];
  readonly signatureAlgorithms: readonly CodePoint[];
  readonly signatureAlgorithmsCert: readonly CodePoint[];
  readonly alpn: readonly Text[];
  readonly serverName: Text | null;
  readonly pskModes: readonly CodePoint[];
  readonly pskIdentities: readonly { readonly identity: string; readonly obfuscatedTicketAge: number }[];
  /** In the order on the wire. */
  readonly extensions: readonly ExtensionFact[];
  /** Null where the client sent no encrypted hello. */
  readonly ech: 'outer' | 'inner' | null;
  readonly ja3: string;
  readonly ja3_raw: string;
  readonly ja3n: string;
  readonly ja4: string;
  readonly ja4_r: string;
  /** Bytes of the handshake message with its header. */
  readonly length: number;
  /** Records, or datagrams, that it came in. */
  readonly records: number;
  /** Pieces in which the transport delivered it, in bytes. */
  readonly reads: readonly number[];
}

export interface MessageFact extends OfConnection<'message'> {
  readonly way: Way;
  readonly type: number;
  readonly name: string | null;
  readonly version: CodePoint;
  /** Bytes of its body. */
  readonly length: number;
  readonly value: Json;
  readonly bytes?: string;
}

export interface RecordFact extends OfConnection<'record'> {
  readonly way: Way;
  readonly type: CodePoint;
  readonly version: CodePoint;
  readonly length: number;
  readonly protected: boolean;
  readonly epoch?: number;
  readonly sequence?: number;
}

export interface ChoiceFact extends OfConnection<'choice'> {
  readonly what: 'version' | 'suite' | 'group' | 'scheme' | 'certificate' | 'alpn' | 'psk' | 'ticket' | 'sni';
  /** Null where nothing was found. */
  readonly chosen: CodePoint | Text | null;
  /** The client's offer. */
  readonly from: readonly (CodePoint | Text)[];
  readonly ours: readonly (CodePoint | Text)[];
  readonly why: string;
}

export interface AlertFact extends OfConnection<'alert'> {
  readonly way: Way;
  readonly level: CodePoint;
  readonly description: CodePoint;
}

export interface VerifyFact extends OfConnection<'verify'> {
  readonly depth: number;
  readonly subject: Text;
  readonly error: { readonly code: number; readonly name: string; readonly text: string };
  readonly goesOn: boolean;
}

export interface SecretFact extends OfConnection<'secret'> {
  readonly label: string;
  readonly clientRandom: string;
  readonly secret: string;
}

export interface PeerCertificateFact {
  readonly subject: Text | null;
  readonly names: readonly Text[];
  readonly fingerprint: string;
  readonly verified: boolean;
}

export interface EstablishedFact extends OfConnection<'established'> {
  readonly version: CodePoint;
  readonly suite: CodePoint;
  readonly group: CodePoint | null;
  readonly scheme: CodePoint | null;
  readonly resumed: 'no' | 'ticket' | 'id' | 'psk';
  readonly earlyData: 'none' | 'accepted' | 'rejected';
  readonly alpn: Text | null;
  readonly sni: Text | null;
  /** The certificate that was shown; null on a resumption. */
  readonly certificate: OwnCertificate | null;
  readonly client: PeerCertificateFact | null;
  /** Since `connected`. */
  readonly milliseconds: number;
}

export interface RenegotiatedFact extends OfConnection<'renegotiated'> {
  readonly by: 'handshake' | 'post-handshake authentication';
  readonly suite: CodePoint;
  readonly client: PeerCertificateFact | null;
}

export interface KeyUpdateFact extends OfConnection<'keyUpdate'> {
  readonly way: Way;
  readonly requested: boolean;
}

export interface DataFact extends OfConnection<'data'> {
  readonly way: Way;
  readonly bytes: number;
  readonly early: boolean;
  readonly content?: string;
}

export interface HttpFact extends OfConnection<'http'> {
  readonly method: Text;
  readonly path: Text;
  readonly status: number;
}

export interface FailedFact extends OfConnection<'failed'> {
  /** Our name of the problem; of what no rule explains `lost`, `timedOut`, `crashed` or `disconnected`. */
  readonly problem: ProblemName | 'lost' | 'timedOut' | 'crashed' | 'disconnected';
  /** The reference's reason. */
  readonly text: string;
  /** The rule, such as `RFC 8446 section 4.1.2`; null where none is broken. */
  readonly rfc: string | null;
  readonly alertSent: AlertName | null;
  readonly alertReceived: CodePoint | null;
  readonly where: 'before the hello' | 'handshake' | 'data';
  /** Lines for a person. */
  readonly explain: readonly string[];
}

export interface ClosedFact extends OfConnection<'closed'> {
  readonly how: 'close_notify' | 'fin' | 'reset' | 'timeout' | 'failure';
  readonly by: 'us' | 'peer';
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly milliseconds: number;
}

export interface BrokenFact extends OfConnection<'broken'> {
  readonly problem: ProblemName;
  readonly text: string;
  readonly bytes: string;
}

export interface FlightFact extends OfConnection<'flight'> {
  readonly repeated: true;
}

export interface FetchFact extends OfConnection<'fetch'> {
  readonly what: 'ocsp' | 'crl';
  readonly url: string;
  readonly result: string;
}

export interface LostFact extends Happened<'lost'> {
  /** The output that could not take it. */
  readonly output: string;
  readonly lines: number;
  readonly why: string;
}

export interface EndFact extends Happened<'end'> {
  readonly connections: number;
  readonly established: number;
  readonly failed: number;
  /** Lines that a reader who stopped has not got. */
  readonly dropped: number;
  readonly status: number;
  readonly because: string;
}
