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
  serverName: { readonly name: Uint8Array };
  alpn: { readonly offered: readonly Uint8Array[]; readonly selected?: Uint8Array };
  ticketRefused: { readonly reason: string };
}
export type NoteKind = keyof Notes;

/**
 * What can be seen of a connection, in the order of production. The engine calls these, it never prints. The bytes are
 * views: an observer must neither keep nor change them.
 */
export interface Observer {
  /** As `-debug` shows reads: a record's header, then its body. `asked` is what was wanted. */
  read?(bytes: Uint8Array, asked: number): void;
  /** One per flush. */
  write?(bytes: Uint8Array): void;
  record?(way: Way, header: Uint8Array, contentType: number, innerType?: number): void;
  /** A complete handshake message, alert or ChangeCipherSpec. `version` is the connection's at that moment. */
  message?(way: Way, contentType: number, version: number, bytes: Uint8Array): void;
  alert?(way: Way, level: number, description: number): void;
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

/** One observer out of several. It has only the methods that one of them has, so that an unwatched event costs nothing. */
export function joinObservers(observers: readonly Observer[]): Observer {
  const joined: Record<string, (...facts: unknown[]) => void> = {};
  for (const event of events) {
    const listeners = observers.filter((it) => it[event] !== undefined) as unknown as Record<
      string,
      (...facts: unknown[]) => void
    >[];
    if (listeners.length > 0) {
      joined[event] = (...facts) => {
        for (const listener of listeners) listener[event]?.(...facts);
      };
    }
  }
  return joined as Observer;
}

const events = [
  'read',
  'write',
  'record',
  'message',
  'alert',
  'state',
  'extension',
  'decision',
  'verify',
  'secret',
  'broken',
  'note',
] as const satisfies readonly (keyof Observer)[];
