import { type CookieContents, openCookie, sealCookie } from '../flow/stateless-cookie.ts';

export interface Greeting {
  /** Undefined where the hello has none. */
  readonly cookie: Uint8Array | undefined;
  /** The client's address and port. */
  readonly peer: string;
  /** The newest first. */
  readonly keys: readonly Uint8Array[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a hello is answered with before anything is kept of it. */
export type Greeted =
  /** Its sender is not known to be where it says: it is asked to come again with this cookie. */
  | { readonly what: 'reply'; readonly cookie: Uint8Array; readonly contents: CookieContents }
  /** It has come again. */
  | { readonly what: 'start'; readonly contents: CookieContents }
  /** Somebody made the cookie up. */
  | { readonly what: 'drop' };

/** RFC 8446 section 4.2.2. `contents` is asked for only when a cookie is needed. Keeps nothing. */
export function greet({ cookie, peer, keys, now }: Greeting, contents: () => CookieContents): Greeted {
  const opened = cookie === undefined ? 'stale' : openCookie(cookie, peer, keys, now);
  if (opened === 'forged') return { what: 'drop' };
  if (opened !== 'stale') return { what: 'start', contents: opened };
  const [newest] = keys;
  if (newest === undefined) throw new Error('no key for cookies');
  const made = contents();
  return { what: 'reply', cookie: sealCookie(made, peer, newest, now), contents: made };
}
