import type { Ending } from './engine.ts';

/** Trouble is a conversation's end other than by the peer's close_notify. */
export type Trouble =
  | Exclude<Ending, { readonly how: 'closed' | 'truncated' }>
  /** The transport failed. */
  | { readonly how: 'lost'; readonly error: Error }
  /** A deadline of ours passed. */
  | { readonly how: 'timedOut'; readonly during: 'handshake' | 'conversation' };
