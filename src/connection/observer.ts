import type { Telling, Way } from '../handshake/telling.ts';

export type { NoteKind, Notes, SecurityDecision, Telling, Way, Where } from '../handshake/telling.ts';

/**
 * What can be seen of a connection, in the order of production. The engine calls these, it never prints. The bytes are
 * views: an observer must neither keep nor change them.
 */
export interface Observer extends Telling {
  /** As `-debug` shows reads: a record's header, then its body. `asked` is what was wanted. */
  read?(bytes: Uint8Array, asked: number): void;
  /** One per flush. */
  write?(bytes: Uint8Array): void;
  record?(way: Way, header: Uint8Array, contentType: number, innerType?: number): void;
  /** A complete handshake message, alert or ChangeCipherSpec. `version` is the connection's at that moment. */
  message?(way: Way, contentType: number, version: number, bytes: Uint8Array): void;
  alert?(way: Way, level: number, description: number): void;
}

/** One observer out of several. It has only the methods that one of them has, so that an unwatched event costs nothing. */
export function joinObservers(observers: readonly Observer[]): Observer {
  const joined: Record<string, (...facts: unknown[]) => void> = {};
  for (const event of observerEvents) {
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

export const observerEvents = [
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
