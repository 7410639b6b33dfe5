import { fromHex, textUpToNul } from '../../bytes/hex.ts';
import type { Flow, Handshake } from '../flow/flow.ts';
import { reportName } from '../flow/name-choices.ts';
import { answer } from '../flow/receive.ts';
import type { Settings } from '../flow/settings.ts';

/** Bytes accepted, as in the reference: of an identity up to TLS 1.2, and of a key that every version takes. */
export const maxPskIdentity = 256;
export const maxPskKey = 256;
/** Bytes of the key of `-psk` up to TLS 1.2. */
const maxKey12 = 512;

/**
 * The key for a client's identity up to TLS 1.2: ours for any identity, because the reference only warns of an
 * unexpected one. Undefined when the key is invalid. With a lookup an unknown identity gets a random key, so that it
 * fails as a wrong key does.
 */
export function* preSharedKeyFor(flow: Flow, identity: Uint8Array): Handshake<Uint8Array | undefined> {
  if (flow.settings.lookUpPsk) {
    const key = yield* lookedUpPsk(flow, identity);
    reportKey(flow, identity, key ? 'there is a key for it' : undefined);
    return key ?? flow.surroundings.random(32);
  }
  const { psk } = flow.settings;
  if (psk === undefined) return undefined;
  const name = textUpToNul(identity);
  reportKey(flow, identity, name === psk.identity ? 'it is ours' : 'one key serves every identity up to TLS 1.2');
  flow.tell.note?.('pskWanted', { identity: name, known: name === psk.identity });
  if (name !== psk.identity) flow.tell.note?.('unexpectedPskIdentity', { identity: name, expected: psk.identity });
  const key = keyOf(flow, psk);
  if (key === undefined) return undefined;
  if (key.length <= maxKey12) {
    flow.tell.note?.('pskFetched', { keyLength: key.length });
    return key;
  }
  flow.tell.note?.('unusablePsk', { key: psk.key, fault: { length: key.length, limit: maxKey12 } });
  return undefined;
}

/** reportKey reports the choice of a key up to TLS 1.2; `why` is undefined for an unknown identity. */
function reportKey({ tell, settings }: Flow, identity: Uint8Array, why: string | undefined): void {
  if (tell.choice === undefined) return;
  const ours = settings.lookUpPsk === undefined && settings.psk ? [settings.psk.identity] : [];
  const chosen = why === undefined ? undefined : identity;
  reportName(tell, 'psk', { chosen, from: [identity], ours }, why ?? 'none that we know');
}

/** The key that the configured lookup returns for this identity. */
export function* lookedUpPsk(
  { settings, surroundings }: Flow,
  identity: Uint8Array,
): Handshake<Uint8Array | undefined> {
  return yield* answer(settings.lookUpPsk?.(Uint8Array.from(identity), surroundings.connection));
}

/** The key for an identity in TLS 1.3, which must match ours; `unusable` when it matches and its key is invalid. */
export function externalPsk(flow: Flow, identity: Uint8Array): Uint8Array | 'unusable' | undefined {
  const { psk, lookUpPsk } = flow.settings;
  if (psk === undefined || lookUpPsk !== undefined) return undefined;
  if (!Buffer.from(psk.identity).equals(identity)) {
    flow.tell.note?.('pskWanted', { known: false });
    return undefined;
  }
  const key = keyOf(flow, psk);
  return key === undefined || key.length > maxPskKey ? 'unusable' : key;
}

/** An odd number of digits is detected here, once a client uses the key, as in the reference. */
function keyOf({ tell }: Flow, { key }: NonNullable<Settings['psk']>): Uint8Array | undefined {
  const bytes = fromHex(key);
  if (bytes !== undefined && bytes.length > 0) return bytes;
  tell.note?.('unusablePsk', { key, fault: 'notHex' });
  return undefined;
}
