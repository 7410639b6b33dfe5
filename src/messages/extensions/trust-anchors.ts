import { opaque, vector } from '../../bytes/wire.ts';
import { empty, extension } from './extension.ts';

/** A relative object identifier below 1.3.6.1.4.1, the contents of its DER. */
const TrustAnchorId = opaque(1, 32);

/**
 * draft-ietf-tls-trust-anchor-ids: the roots that the sender trusts; from the server, those that it has certificates
 * of.
 */
export const trustAnchors = extension({
  code: 0xca34,
  name: 'trust_anchors',
  in: {
    clientHello: vector(TrustAnchorId, 0, 65535),
    certificateRequest: vector(TrustAnchorId, 0, 65535),
    encryptedExtensions: vector(TrustAnchorId, 2, 65535),
    certificate: empty,
  },
});

/** `32473.1`; undefined for bytes that are no relative object identifier (X.690 section 8.20). */
export function trustAnchorText(id: Uint8Array): string | undefined {
  const arcs: bigint[] = [];
  let arc: bigint | undefined;
  for (const byte of id) {
    if (arc === undefined && byte === 0x80) return undefined;
    arc = ((arc ?? 0n) << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = undefined;
  }
  return arc === undefined && arcs.length > 0 ? arcs.join('.') : undefined;
}

/** The identifier of a text; undefined where the text is none, or too long for the extension. */
export function trustAnchorId(text: string): Uint8Array | undefined {
  if (!/^(?:0|[1-9]\d{0,19})(?:\.(?:0|[1-9]\d{0,19}))*$/.test(text)) return undefined;
  const arcs = text.split('.').map(BigInt);
  const id = Uint8Array.from(arcs.flatMap(base128));
  return id.length <= 32 && arcs.every((arc) => arc < 1n << 64n) ? id : undefined;
}

function base128(arc: bigint): number[] {
  const bytes = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80);
  return bytes;
}
