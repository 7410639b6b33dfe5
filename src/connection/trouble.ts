import type { Ending } from './engine.ts';

/** Why a conversation ended, where it did not end with the peer's close_notify. */
export type Trouble =
  | Exclude<Ending, { readonly how: 'closed' | 'truncated' }>
  /** The transport broke. */
  | { readonly how: 'lost'; readonly error: Error }
  /** We gave up waiting. */
  | { readonly how: 'timedOut'; readonly during: 'handshake' | 'conversation' };
