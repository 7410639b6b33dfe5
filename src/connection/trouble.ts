import type { Ending } from './engine.ts';

/** Trouble is a conversation's end other than by the peer's close_notify. */
export type Trouble =
  | Exclude<Ending, { readonly how: 'closed' | 'truncated' }>
  /** The transport broke. */
  | { readonly how: 'lost'; readonly error: Error }
  /** Our time limit has passed. */
  | { readonly how: 'timedOut'; readonly during: 'handshake' | 'conversation' };
