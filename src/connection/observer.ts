import type { Telling, Way } from '../handshake/flow/telling.ts';

export type {
  Choice,
  ChoiceKind,
  NoteKind,
  Notes,
  SecurityDecision,
  Telling,
  Way,
  Where,
} from '../handshake/flow/telling.ts';

/**
 * What can be seen of a connection, in the order of production. The engine calls these, it never prints. The bytes are
 * views: an observer must neither keep nor change them.
 */
export interface Observer extends Telling {
  /** As `-debug` shows reads: a record's header, then its body. `asked` is what was wanted; no bytes: the peer's FIN. */
  read?(bytes: Uint8Array, asked: number): void;
  /** One per flush. */
  write?(bytes: Uint8Array): void;
  /** The header of a record; of one that comes in before anything is known of its body. `version`: what the reference tells, where that is not the header's. */
  record?(way: Way, header: Uint8Array, contentType: number, version?: number): void;
  /** What kind of content a protected record of TLS 1.3 holds. `version`: of the record when sent, else of the connection. */
  inner?(way: Way, contentType: number, version: number): void;
  /** A complete handshake message, alert or ChangeCipherSpec. `version` is the connection's at that moment. */
  message?(way: Way, contentType: number, version: number, bytes: Uint8Array): void;
  alert?(way: Way, level: number, description: number): void;
  /** Application data without its protection. `early`: before the handshake is done, RFC 9846 section 2.3. */
  data?(way: Way, bytes: Uint8Array, early: boolean): void;
}

/** One observer out of several. It has only the methods that one of them has, so that an unwatched event costs nothing. */
export function joinObservers(observers: readonly Observer[]): Observer {
  const joined: Record<string, Listener> = {};
  for (const event of observerEvents) {
    const watching = observers.filter((it) => it[event] !== undefined);
    if (watching.length === 0) continue;
    joined[event] = (...facts) => {
      for (const observer of watching) (observer[event] as Listener).apply(observer, facts);
    };
  }
  return joined as Observer;
}

type Listener = (...facts: unknown[]) => void;

export const observerEvents = [
  'read',
  'write',
  'record',
  'inner',
  'message',
  'alert',
  'data',
  'state',
  'extension',
  'decision',
  'choice',
  'verify',
  'secret',
  'broken',
  'note',
] as const satisfies readonly (keyof Observer)[];
