import type { SessionInfo } from '../../src/handshake/flow/session-info.ts';

/** Seen is what is known of a connection when its handshake is done. */
export interface Seen {
  readonly info: SessionInfo;
  /** True for the further connections of a run. */
  readonly isFurther: boolean;
  /** True when the session of an earlier connection was resumed. */
  readonly resumed: boolean;
  /** True when a HelloRetryRequest was sent. */
  readonly retried: boolean;
  /** True when the session can be resumed by its id. */
  readonly stored: boolean;
}

/** Check returns a complaint about what it sees; undefined when it holds. */
export type Check = (seen: Seen) => string | undefined;

/** equals checks one value. */
export function equals<T>(what: string, wanted: T, value: (seen: Seen) => T): Check {
  return (seen) => {
    const got = value(seen);
    return got === wanted ? undefined : `${what} is ${String(got)}, expected ${String(wanted)}`;
  };
}
