import { bytes, decode, encode, opaque, rest, struct, u16, u32 } from '../../bytes/wire.ts';
import { constantTimeEqual, hmac } from '../../crypto/primitives/hash.ts';

/** CookieContents is the state of a ClientHello that the next one needs. */
export interface CookieContents {
  readonly cipherSuite: number;
  /** The group of the requested share; 0: the share was usable. */
  readonly group: number;
  /** The hash of the first ClientHello. */
  readonly firstHello: Uint8Array;
  /** SHA-256 of what the next one must not change. */
  readonly unchanging: Uint8Array;
}

/** Lifetime of a cookie in seconds, as in the reference, and the interval of key changes. */
const lifetime = 600;

/**
 * CookieKeys holds the keys of one process. They rotate; the previous key remains while a cookie made with it can be
 * valid.
 */
export class CookieKeys {
  private readonly random: (length: number) => Uint8Array;
  private keys: readonly Uint8Array[] = [];
  private since = 0;

  constructor(random: (length: number) => Uint8Array) {
    this.random = random;
  }

  /** The valid keys, newest first. `now` is in milliseconds. */
  at(now: number): readonly Uint8Array[] {
    const [newest] = this.keys;
    const age = now - this.since;
    if (newest === undefined || age >= lifetime * 1000) {
      const isFresh = newest !== undefined && age < 2 * lifetime * 1000;
      this.keys = [this.random(macLength), ...(isFresh ? [newest] : [])];
      this.since = now;
    }
    return this.keys;
  }
}

/** Seals a cookie for the peer's address. `now` is in milliseconds. */
export function sealCookie(contents: CookieContents, peer: string, key: Uint8Array, now: number): Uint8Array {
  const body = encode(Body, { time: Math.floor(now / 1000), ...contents });
  return Buffer.concat([mac(key, body, peer), body]);
}

/** Opens a cookie. `forged`: sealed with none of these keys, or for another peer. */
export function openCookie(
  cookie: Uint8Array,
  peer: string,
  keys: readonly Uint8Array[],
  now: number,
): CookieContents | 'forged' | 'stale' {
  if (cookie.length < macLength) return 'forged';
  const { sealed, body } = decode(Cookie, cookie);
  if (!keys.some((key) => constantTimeEqual(mac(key, body, peer), sealed))) return 'forged';
  const { time, ...contents } = decode(Body, body);
  const age = Math.floor(now / 1000) - time;
  return age < 0 || age > lifetime ? 'stale' : contents;
}

const macLength = 32;
const Cookie = struct({ sealed: bytes(macLength), body: rest });
const Body = struct({ time: u32, cipherSuite: u16, group: u16, firstHello: opaque(32, 64), unchanging: bytes(32) });

function mac(key: Uint8Array, body: Uint8Array, peer: string): Uint8Array {
  return hmac('sha256', key, body, Buffer.from(peer));
}
