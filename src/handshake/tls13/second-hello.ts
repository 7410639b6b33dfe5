import { equal } from '../../bytes/hex.ts';
import { encode } from '../../bytes/wire.ts';
import { ClientHello } from '../../messages/client-hello.ts';
import { cookie } from '../../messages/extensions/cookie.ts';
import { earlyData } from '../../messages/extensions/early-data.ts';
import { encryptedClientHello } from '../../messages/extensions/encrypted-client-hello.ts';
import { keyShare } from '../../messages/extensions/key-share.ts';
import { padding } from '../../messages/extensions/padding.ts';
import { preSharedKey } from '../../messages/extensions/pre-shared-key.ts';
import { Version } from '../../names/versions.ts';
import type { Flow } from '../flow/flow.ts';
import type { Hello } from '../hello/client-hello.ts';

/**
 * The part of a ClientHello that has to be the same in the one after a HelloRetryRequest (RFC 9846 section 4.2.2), in its
 * order. `shares`: whether other key shares were asked for.
 */
export function unchangingPart({ message }: Pick<Hello, 'message'>, shares: 'kept' | 'replaced'): Uint8Array {
  const emptied = shares === 'replaced' ? [keyShare.code, encryptedClientHello.code] : [encryptedClientHello.code];
  const extensions = (message.extensions ?? [])
    .filter(({ type }) => !free.has(type))
    .map(({ type, body }) => ({ type, body: emptied.includes(type) ? nothing : body }));
  return encode(ClientHello.wire({ version: Version['TLSv1.3'] }), { ...message, extensions });
}

/** `asIn`: the unchanging part of the first hello, or its hash. @throws {Problem} for a second hello with another one */
export function checkUnchanged(flow: Flow, asIn: Uint8Array, now: Uint8Array): void {
  flow.insist(equal(asIn, now), 'changedHello', 'tls_early_post_process_client_hello', { bytes: now });
}

/** Extensions that may come, go and change. */
const free: ReadonlySet<number> = new Set([earlyData.code, cookie.code, preSharedKey.code, padding.code]);
const nothing = new Uint8Array(0);
