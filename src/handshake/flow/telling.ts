import type { ErrorLine, ProblemName } from '../../names/problems.ts';
import type { Check } from '../../x509/verify/run.ts';
import type { EchOutcome } from './ech-outcome.ts';
import type { Fetched } from './fetched.ts';
import type { StatusStep } from './status-lookup.ts';

export type Way = 'read' | 'write';
export type Where = 'accept' | 'failed' | 'error';

/** A check against the security level, with the words that `-security_debug` prints. */
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
  /** The name that the client asks for: of an encrypted hello the one inside. */
  readonly name?: Uint8Array;
  /** The other name that we have settings for. */
  readonly ownName: string;
  readonly switched: boolean;
}

/** Whether a client can use a certificate, as SSL_check_chain of OpenSSL 3.0 answers. */
export interface ChainCheck {
  /** What the others come to: the certificate is used. */
  readonly valid: boolean;
  /** The client takes signatures of the certificate's key. */
  readonly signs: boolean;
  /** The client said so itself. */
  readonly signsExplicitly: boolean;
  /** The client takes the signature on the certificate. */
  readonly leafSignature: boolean;
  /** The client takes those on all certificates of the chain. */
  readonly chainSignatures: boolean;
  /** The client takes the curve of the certificate's key. */
  readonly leafParameters: boolean;
  /** The client takes the curves of all keys of the chain. */
  readonly chainParameters: boolean;
}

/** Something worth telling a person that is not a byte on the wire. */
export interface Notes {
  /** Told where the name decides about something. */
  serverName: { readonly name: Uint8Array; readonly switched: boolean };
  /** Takes the place of `serverName` where there are keys for encrypted hellos. */
  encryptedHello: EncryptedHelloNote;
  /** A client was asked to come again, and nothing is kept of it. */
  statelessRetry: Record<string, never>;
  /** The client did not answer in time: the last flight was sent again. */
  flightRepeated: Record<string, never>;
  /**
   * From here on no early data comes: there is none, or the client has said that it was all. The first time counts, as a
   * client that has to come again has lost its own.
   */
  earlyDataOver: { readonly fate: 'notOffered' | 'rejected' | 'accepted' };
  sessionLookup: { readonly found: boolean };
  sessionStored: Record<string, never>;
  /** A key is looked for; `known`: the identity is ours. In TLS 1.3 only of one that is not, without its name. */
  pskWanted: { readonly identity?: string; readonly known: boolean };
  /** In bytes. */
  pskFetched: { readonly keyLength: number };
  /** Up to TLS 1.2 the client goes by another name than ours; the key is the same. */
  unexpectedPskIdentity: { readonly identity: string; readonly expected: string };
  /** The key that was configured is no key. Lengths are in bytes. */
  unusablePsk: { readonly key: string; readonly fault: 'notHex' | { readonly length: number; readonly limit: number } };
  /** A client logs in; without `user` under a name that nobody has. */
  srpLogin: { readonly name: string; readonly user?: { readonly info: string | undefined } };
  /**
   * The client's certificate or bare key was judged. `result`: number of names/verify-errors.ts; `left`: what the
   * search for issuers leaves in the reference's error queue.
   */
  clientVerified: { readonly result: number; readonly left: readonly ErrorLine[] };
  /** A step of looking up what OCSP says of our certificate. */
  certificateStatus: StatusStep;
  fetched: Fetched;
  /** A certificate of `-xcert` was checked; they count from 1. `subject`: DER. */
  certificateCheck: { readonly number: number; readonly subject: Uint8Array; readonly check: ChainCheck };
  alpn: { readonly offered: readonly Uint8Array[]; readonly selected?: Uint8Array };
}
export type NoteKind = keyof Notes;

export type ChoiceKind = 'version' | 'suite' | 'group' | 'scheme' | 'certificate' | 'alpn' | 'psk' | 'ticket' | 'sni';

/**
 * Choice is what the negotiation has settled on: code points; names and identities as they stand on the wire; DER of
 * certificates. The lists are in the order of preference of their side.
 */
export interface Choice {
  /** Undefined: nothing fits. */
  readonly chosen: number | Uint8Array | undefined;
  /** The client's offer. */
  readonly from: readonly (number | Uint8Array)[];
  readonly ours: readonly (number | Uint8Array)[];
  /** For a person. */
  readonly why: string;
}

/** What the handshake tells whoever runs it. Nothing here changes what happens next. */
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
