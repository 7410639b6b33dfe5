import { type PrfKind, prf } from '../crypto/prf.ts';
import { ssl3Derive } from './ssl3.ts';

/** The kinds of key derivation up to TLS 1.2. */
export type ScheduleKind = PrfKind | 'ssl3';

const masterLength = 48;

/** RFC 5246 section 8.1 */
export function masterSecret(
  kind: ScheduleKind,
  premaster: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): Uint8Array {
  return derive(kind, premaster, 'master secret', Buffer.concat([clientRandom, serverRandom]), masterLength);
}

/** RFC 7627 section 4: bound to the handshake up to the ClientKeyExchange. */
export function extendedMasterSecret(kind: PrfKind, premaster: Uint8Array, sessionHash: Uint8Array): Uint8Array {
  return prf(kind, premaster, 'extended master secret', sessionHash, masterLength);
}

export interface KeyBlock {
  readonly clientMac: Uint8Array;
  readonly serverMac: Uint8Array;
  readonly clientKey: Uint8Array;
  readonly serverKey: Uint8Array;
  readonly clientIv: Uint8Array;
  readonly serverIv: Uint8Array;
}

export interface KeyLengths {
  readonly mac: number;
  readonly key: number;
  readonly iv: number;
}

/** RFC 5246 section 6.3 */
export function keyBlock(
  kind: ScheduleKind,
  master: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  lengths: KeyLengths,
): KeyBlock {
  const size = 2 * (lengths.mac + lengths.key + lengths.iv);
  const block = derive(kind, master, 'key expansion', Buffer.concat([serverRandom, clientRandom]), size);
  let at = 0;
  const next = (length: number) => {
    at += length;
    return block.subarray(at - length, at);
  };
  return {
    clientMac: next(lengths.mac),
    serverMac: next(lengths.mac),
    clientKey: next(lengths.key),
    serverKey: next(lengths.key),
    clientIv: next(lengths.iv),
    serverIv: next(lengths.iv),
  };
}

/** The content of Finished from TLS 1.0 on (RFC 5246 section 7.4.9). `transcript` is the hash, or MD5 and SHA-1 one after the other. */
export function verifyData(
  kind: PrfKind,
  master: Uint8Array,
  side: 'client' | 'server',
  transcript: Uint8Array,
): Uint8Array {
  return prf(kind, master, `${side} finished`, transcript, 12);
}

const reservedLabels = new Set([
  'client finished',
  'server finished',
  'master secret',
  'extended master secret',
  'key expansion',
]);

/** The parts of a finished handshake that keying material is made of. */
export interface ExportSource {
  readonly kind: ScheduleKind;
  readonly master: Uint8Array;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
}

/** RFC 5705 section 4. Undefined for the labels that TLS uses itself, and in SSL 3.0. */
export function exportKeys12(
  { kind, master, clientRandom, serverRandom }: ExportSource,
  label: string,
  context: Uint8Array | undefined,
  length: number,
): Uint8Array | undefined {
  if (kind === 'ssl3' || reservedLabels.has(label)) return undefined;
  const seed = [clientRandom, serverRandom];
  if (context !== undefined) seed.push(Uint8Array.of(context.length >>> 8, context.length & 0xff), context);
  return prf(kind, master, label, Buffer.concat(seed), length);
}

function derive(kind: ScheduleKind, secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  return kind === 'ssl3' ? ssl3Derive(secret, seed, length) : prf(kind, secret, label, seed, length);
}
