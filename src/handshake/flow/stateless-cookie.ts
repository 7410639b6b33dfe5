import { bytes, decode, encode, opaque, rest, struct, u16, u32 } from '../../bytes/wire.ts';
import { constantTimeEqual, hmac } from '../../crypto/primitives/hash.ts';

/** All that has to be known of a ClientHello when the next one comes. */
export interface CookieContents {
  readonly cipherSuite: number;
  /** The group that a share was asked for; 0: the share was good. */
  readonly group: number;
  /** The hash of the first ClientHello. */
  readonly firstHello: Uint8Array;
}

/** Seconds that a cookie is good for, as in the reference, and after which there is a new key. */
const lifetime = 600;

/**
 * The keys of one process. They change as time goes by; the one before stays good for the cookies that it made, for as long
 * as one of them can be fresh.
 */
export class CookieKeys {
  private readonly random: (length: number) => Uint8Array;
  private keys: readonly Uint8Array[] = [];
  private since = 0;

  constructor(random: (length: number) => Uint8Array) {
    this.random = random;
  }

  /** The newest first. `now` is in milliseconds. */
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

/** Bound to the peer's address. `now` is in milliseconds. */
export function sealCookie(contents: CookieContents, peer: string, key: Uint8Array, now: number): Uint8Array {
  const body = encode(Body, { time: Math.floor(now / 1000), ...contents });
  return Buffer.concat([mac(key, body, peer), body]);
}

/** `forged`: made with none of these keys, or for another peer. */
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
const Body = struct({ time: u32, cipherSuite: u16, group: u16, firstHello: opaque(32, 64) });

function mac(key: Uint8Array, body: Uint8Array, peer: string): Uint8Array {
  return hmac('sha256', key, body, Buffer.from(peer));
}
