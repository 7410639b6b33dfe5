import type { Way } from '../../facts/fact.ts';

/**
 * TransportTap gets everything one transport carries, in order. Its bytes are views that it must neither keep nor
 * change.
 */
export interface TransportTap {
  /** True while the engine cannot process its input before a look-up is done. */
  awaitsAnswer: () => boolean;
  opened(): void;
  /** Called before the engine processes the bytes. */
  arrived(bytes: Uint8Array): void;
  sent(bytes: Uint8Array): void;
  /** A FIN, perhaps reported twice. */
  ended(way: Way): void;
  reset(way: Way): void;
  /** The reason is text for a person. */
  failed(reason: string): void;
}
