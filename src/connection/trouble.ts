import type { Ending } from './engine.ts';

/** The cause of the end of a connection, other than the peer's close_notify. */
export type Trouble =
  | Exclude<Ending, { readonly how: 'closed' | 'truncated' }>
  /** The transport failed. */
  | { readonly how: 'lost'; readonly error: Error }
  /** A deadline of ours passed. */
  | { readonly how: 'timedOut'; readonly during: 'handshake' | 'conversation' };
