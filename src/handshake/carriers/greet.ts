import { type CookieContents, openCookie, sealCookie } from '../flow/stateless-cookie.ts';

export interface Greeting {
  /** Undefined when the hello has none. */
  readonly cookie: Uint8Array | undefined;
  /** The client's address and port. */
  readonly peer: string;
  /** Newest first. */
  readonly keys: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The answer to a hello before any state is kept. */
export type Greeted =
  /** The sender's address is not verified: it must send a second hello with this cookie. */
  | { readonly what: 'reply'; readonly cookie: Uint8Array; readonly contents: CookieContents }
  /** The cookie is valid. */
  | { readonly what: 'start'; readonly contents: CookieContents }
  /** The cookie is forged. */
  | { readonly what: 'drop' };

/** RFC 8446 section 4.2.2. Keeps no state. `contents` is called only when a cookie is needed. */
export function greet({ cookie, peer, keys, now }: Greeting, contents: () => CookieContents): Greeted {
  const opened = cookie === undefined ? 'stale' : openCookie(cookie, peer, keys, now);
  if (opened === 'forged') return { what: 'drop' };
  if (opened !== 'stale') return { what: 'start', contents: opened };
  const [newest] = keys;
  if (newest === undefined) throw new Error('no key for cookies');
  const made = contents();
  return { what: 'reply', cookie: sealCookie(made, peer, newest, now), contents: made };
}
