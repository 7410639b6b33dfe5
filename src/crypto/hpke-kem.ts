import { createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import type { HashName } from './primitives/hash.ts';
import { type MontgomeryCurve, montgomeryPublicKey } from './primitives/primitives.ts';

/**
 * A key encapsulation mechanism over Diffie-Hellman from the receiver's side (RFC 9180 section 4.1). Lengths are in
 * bytes.
 */
export interface HpkeKem {
  readonly code: number;
  readonly hash: HashName;
  /** Length of the encapsulated key, and of a public key. */
  readonly publicKeyLength: number;
  /** Length of the shared secret. */
  readonly secretLength: number;
  /** The public key in HPKE's encoding; undefined for a key of another type. */
  publicKey(privateKey: KeyObject): Uint8Array | undefined;
  /** The raw agreement; undefined when the peer's key is invalid or the result is all zeros. */
  agree(privateKey: KeyObject, peer: Uint8Array): Uint8Array | undefined;
}

/** The mechanism with this number of RFC 9180 section 7.1. */
export function hpkeKem(code: number): HpkeKem | undefined {
  return kems.find((it) => it.code === code);
}

const kems: readonly HpkeKem[] = [
  curve(0x10, 'P-256', { hash: 'sha256', fieldLength: 32, secretLength: 32 }),
  curve(0x11, 'P-384', { hash: 'sha384', fieldLength: 48, secretLength: 48 }),
  curve(0x12, 'P-521', { hash: 'sha512', fieldLength: 66, secretLength: 64 }),
  montgomery(0x20, 'x25519', { hash: 'sha256', length: 32, secretLength: 32 }),
  montgomery(0x21, 'x448', { hash: 'sha512', length: 56, secretLength: 64 }),
];

interface CurveFacts {
  readonly hash: HashName;
  readonly fieldLength: number;
  readonly secretLength: number;
}

function curve(code: number, crv: string, { hash, fieldLength, secretLength }: CurveFacts): HpkeKem {
  const publicKeyLength = 1 + 2 * fieldLength;
  return {
    code,
    hash,
    publicKeyLength,
    secretLength,
    publicKey(privateKey) {
      if (privateKey.asymmetricKeyType !== 'ec') return undefined;
      const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
      if (jwk.crv !== crv) return undefined;
      return Buffer.concat([Uint8Array.of(uncompressed), fromUrl(jwk.x), fromUrl(jwk.y)]);
    },
    agree(privateKey, peer) {
      if (peer.length !== publicKeyLength || peer[0] !== uncompressed) return undefined;
      const x = toUrl(peer.subarray(1, 1 + fieldLength));
      const y = toUrl(peer.subarray(1 + fieldLength));
      // OpenSSL checks here that the point is on the curve.
      return derived(privateKey, () => createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' }));
    },
  };
}

interface MontgomeryFacts {
  readonly hash: HashName;
  readonly length: number;
  readonly secretLength: number;
}

function montgomery(code: number, name: MontgomeryCurve, { hash, length, secretLength }: MontgomeryFacts): HpkeKem {
  return {
    code,
    hash,
    publicKeyLength: length,
    secretLength,
    publicKey(privateKey) {
      if (privateKey.asymmetricKeyType !== name) return undefined;
      return fromUrl(createPublicKey(privateKey).export({ format: 'jwk' }).x);
    },
    agree(privateKey, peer) {
      if (peer.length !== length) return undefined;
      // RFC 9180 section 7.1.4: the all-zero value must be refused, which OpenSSL does here by itself.
      return derived(privateKey, () => montgomeryPublicKey(name, peer));
    },
  };
}

/** The point format of HPKE (RFC 9180 section 7.1.1). */
const uncompressed = 0x04;

/** Derives a secret; undefined when the primitive throws at a peer's bytes. */
function derived(privateKey: KeyObject, publicKey: () => KeyObject): Uint8Array | undefined {
  try {
    return diffieHellman({ privateKey, publicKey: publicKey() });
  } catch {
    return undefined;
  }
}

function fromUrl(text = ''): Uint8Array {
  return Buffer.from(text, 'base64url');
}

function toUrl(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
