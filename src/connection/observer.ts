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
 * Observer is called with the events of a connection, in the order of production. The engine never prints. The bytes
 * are views: an observer must neither keep nor change them.
 */
export interface Observer extends Telling {
  /**
   * A read as `-debug` shows it: a record's header, then its body. `asked` is the requested length; empty bytes are the
   * peer's FIN.
   */
  read?(bytes: Uint8Array, asked: number): void;
  /** Called once per flush. */
  write?(bytes: Uint8Array): void;
  /**
   * The header of a record; a received one before its body is processed. `version` is the reference's where it differs
   * from the header.
   */
  record?(way: Way, header: Uint8Array, contentType: number, version?: number): void;
  /**
   * The inner content type of a protected TLS 1.3 record. `version`: of the record when sent, else of the connection.
   */
  inner?(way: Way, contentType: number, version: number): void;
  /** A complete handshake message, alert or ChangeCipherSpec. `version` is the connection's at that moment. */
  message?(way: Way, contentType: number, version: number, bytes: Uint8Array): void;
  alert?(way: Way, level: number, description: number): void;
  /** Decrypted application data. `early`: before the handshake is done, RFC 9846 section 2.3. */
  data?(way: Way, bytes: Uint8Array, early: boolean): void;
}

/**
 * Joins several observers. The result has only the methods that at least one of them has, so that an unwatched event
 * costs nothing.
 */
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
