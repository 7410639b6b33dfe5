import { Cursor } from '../bytes/cursor.ts';
import { Malformed } from '../bytes/malformed.ts';
import type { ClientHello } from './client-hello.ts';

/**
 * Converts a hello of SSL 2.0 (RFC 5246 appendix E.2) to a ClientHello. `message` begins with the message type, after
 * the two bytes of the record header; the transcript hashes it. The challenge becomes the end of the random value.
 * Suites of SSL 2.0 itself are left out, and one that is cut short.
 *
 * @throws {Malformed}
 */
export function sslv2ClientHello(message: Uint8Array): ClientHello {
  const from = new Cursor(message);
  if (from.uint(1) !== 1) throw new Malformed('not a ClientHello of SSL 2.0');
  const legacyVersion = from.uint(2);
  const cipherSpecLength = from.uint(2);
  const sessionIdLength = from.uint(2);
  const challengeLength = from.uint(2);
  if (sessionIdLength > 32) throw new Malformed(`${sessionIdLength} bytes where 0 to 32 are allowed`, ['sessionId']);
  const cipherSuites = tlsSuites(from.take(cipherSpecLength));
  const sessionId = from.take(sessionIdLength);
  const random = randomOf(from.take(challengeLength));
  from.end();
  return { legacyVersion, random, sessionId, cipherSuites, compressionMethods: [0], extensions: undefined };
}

/** True if the list of suites of such a hello ends within one. */
export function cutsSslv2Suite(message: Uint8Array): boolean {
  const from = new Cursor(message);
  from.take(3);
  return from.uint(2) % suiteLength !== 0;
}

/** In bytes. */
const suiteLength = 3;

function tlsSuites(specs: Uint8Array): number[] {
  const suites: number[] = [];
  for (const from = new Cursor(specs); from.left >= suiteLength; ) {
    const spec = from.uint(suiteLength);
    if (spec <= 0xffff) suites.push(spec);
  }
  return suites;
}

/** Takes the first 32 bytes of a challenge longer than the standard allows; a short one is padded in front. */
function randomOf(challenge: Uint8Array): Uint8Array {
  const random = new Uint8Array(32);
  const used = challenge.subarray(0, 32);
  random.set(used, 32 - used.length);
  return random;
}
