import type { ErrorLine, ProblemName } from '../../names/problems.ts';
import type { Check } from '../../x509/verify/run.ts';
import type { EchOutcome } from './ech-outcome.ts';
import type { Fetched } from './fetched.ts';
import type { StatusStep } from './status-lookup.ts';

export type Way = 'read' | 'write';
export type Where = 'accept' | 'failed' | 'error';

/** A check against the security level, with the text that `-security_debug` prints. */
export interface SecurityDecision {
  readonly what: string;
  readonly bits?: number;
  readonly allowed: boolean;
}

export interface EncryptedHelloNote extends EchOutcome {
  /** The client's address and port. */
  readonly peer: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The name that the client asks for; of an encrypted hello the inner one. */
  readonly name?: Uint8Array;
  /** The other name with settings of its own. */
  readonly ownName: string;
  readonly switched: boolean;
}

/** The check of a certificate against a client's offer, as SSL_check_chain of OpenSSL 3.0 returns it. */
export interface ChainCheck {
  /** The conclusion from the other members: the certificate is used. */
  readonly valid: boolean;
  /** The client accepts signatures of the certificate's key. */
  readonly signs: boolean;
  /** The client listed them explicitly. */
  readonly signsExplicitly: boolean;
  /** The client accepts the signature on the certificate. */
  readonly leafSignature: boolean;
  /** The client accepts the signatures on all certificates of the chain. */
  readonly chainSignatures: boolean;
  /** The client accepts the curve of the certificate's key. */
  readonly leafParameters: boolean;
  /** The client accepts the curves of all keys of the chain. */
  readonly chainParameters: boolean;
}

/** Notes are facts worth logging that are not bytes on the wire. */
export interface Notes {
  /** Reported when the name affects the settings. */
  serverName: { readonly name: Uint8Array; readonly switched: boolean };
  /** Replaces `serverName` when there are keys for encrypted hellos. */
  encryptedHello: EncryptedHelloNote;
  /** A stateless HelloRetryRequest was sent. */
  statelessRetry: Record<string, never>;
  /** The client did not answer in time: the last flight was retransmitted. */
  flightRepeated: Record<string, never>;
  /**
   * No early data follows: there is none, or EndOfEarlyData was received. The first report counts, as a client that
   * retries has lost its early data.
   */
  earlyDataOver: { readonly fate: 'notOffered' | 'rejected' | 'accepted' };
  sessionLookup: { readonly found: boolean };
  sessionStored: Record<string, never>;
  /** A key is looked up; `known`: the identity is ours. In TLS 1.3 only for unknown identities, without the name. */
  pskWanted: { readonly identity?: string; readonly known: boolean };
  /** In bytes. */
  pskFetched: { readonly keyLength: number };
  /** Up to TLS 1.2 the client named another identity than ours; the key is the same. */
  unexpectedPskIdentity: { readonly identity: string; readonly expected: string };
  /** The configured key is invalid. Lengths are in bytes. */
  unusablePsk: { readonly key: string; readonly fault: 'notHex' | { readonly length: number; readonly limit: number } };
  /** A client logs in; without `user` under an unknown name. */
  srpLogin: { readonly name: string; readonly user?: { readonly info: string | undefined } };
  /**
   * The client's certificate or raw public key was verified. `result`: number of names/verify-errors.ts; `left`: lines
   * that the search for issuers leaves in the reference's error queue.
   */
  clientVerified: { readonly result: number; readonly left: readonly ErrorLine[] };
  /** A step of the OCSP lookup for our certificate. */
  certificateStatus: StatusStep;
  fetched: Fetched;
  /** A whole ClientHello message that came encrypted inside another one. */
  innerHello: { readonly message: Uint8Array };
  /** A certificate of `-xcert` was checked; they are numbered from 1. `subject`: DER. */
  certificateCheck: { readonly number: number; readonly subject: Uint8Array; readonly check: ChainCheck };
  alpn: { readonly offered: readonly Uint8Array[]; readonly selected?: Uint8Array };
}
export type NoteKind = keyof Notes;

export type ChoiceKind = 'version' | 'suite' | 'group' | 'scheme' | 'certificate' | 'alpn' | 'psk' | 'ticket' | 'sni';

/**
 * Choice is a result of the negotiation: code points; names and identities as bytes on the wire; DER of certificates.
 * The lists are in the order of preference of their side.
 */
export interface Choice {
  /** Undefined when nothing fits. */
  readonly chosen: number | Uint8Array | undefined;
  /** The client's offer. */
  readonly from: readonly (number | Uint8Array)[];
  readonly ours: readonly (number | Uint8Array)[];
  /** A reason in words, for the log. */
  readonly why: string;
}

/** Telling is called with the events of a handshake, which it cannot influence. */
export interface Telling {
  state?(where: Where, name: string): void;
  extension?(way: Way, type: number, bytes: Uint8Array): void;
  decision?(what: SecurityDecision): void;
  choice?(what: ChoiceKind, choice: Choice): void;
  /** A step of the verification of the client's certificate, before it is asked whether to go on. */
  verify?(check: Check): void;
  /** A line of the key log. */
  secret?(label: string, clientRandom: Uint8Array, secret: Uint8Array): void;
  broken?(problem: ProblemName, bytes: Uint8Array): void;
  note?<K extends NoteKind>(kind: K, facts: Notes[K]): void;
}
