import type { ProblemName } from '../names/problems.ts';

export type Way = 'read' | 'write';
export type Where = 'accept' | 'failed' | 'error';

/** A check against the security level, with the words that `-security_debug` prints. */
export interface SecurityDecision {
  readonly what: string;
  readonly bits?: number;
  readonly allowed: boolean;
}

/** Something worth telling a person that is not a byte on the wire. */
export interface Notes {
  /** Told where the name decides about something. */
  serverName: { readonly name: Uint8Array; readonly switched: boolean };
  /** A client was asked to come again, and nothing is kept of it. */
  statelessRetry: Record<string, never>;
  sessionLookup: { readonly found: boolean };
  sessionStored: Record<string, never>;
  /** Up to TLS 1.2 the client goes by another name than ours; the key is the same. */
  unexpectedPskIdentity: { readonly identity: string; readonly expected: string };
  /** The key that was configured is no key. Lengths are in bytes. */
  unusablePsk: { readonly key: string; readonly fault: 'notHex' | { readonly length: number; readonly limit: number } };
  /** A client logs in; without `user` under a name that nobody has. */
  srpLogin: { readonly name: string; readonly user?: { readonly info: string | undefined } };
  alpn: { readonly offered: readonly Uint8Array[]; readonly selected?: Uint8Array };
}
export type NoteKind = keyof Notes;

/** What the handshake tells whoever runs it. Nothing here changes what happens next. */
export interface Telling {
  state?(where: Where, name: string): void;
  extension?(way: Way, type: number, bytes: Uint8Array): void;
  decision?(what: SecurityDecision): void;
  /** `certificate` is DER. */
  verify?(depth: number, error: number, ok: boolean, certificate: Uint8Array | undefined): void;
  /** A line of the key log. */
  secret?(label: string, clientRandom: Uint8Array, secret: Uint8Array): void;
  broken?(problem: ProblemName, bytes: Uint8Array): void;
  note?<K extends NoteKind>(kind: K, facts: Notes[K]): void;
}
