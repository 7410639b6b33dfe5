import type { Way } from '../../facts/fact.ts';

/** TransportTap hears of all that one transport carries, in order. Its bytes are views that it must neither keep nor change. */
export interface TransportTap {
  /** Whether the engine cannot process what has arrived before something has been looked up. */
  awaitsAnswer: () => boolean;
  opened(): void;
  /** Before the engine takes it. */
  arrived(bytes: Uint8Array): void;
  sent(bytes: Uint8Array): void;
  /** A FIN, perhaps told twice. */
  ended(way: Way): void;
  reset(way: Way): void;
  /** In words for a person. */
  failed(reason: string): void;
}
