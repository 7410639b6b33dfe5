import type { KeyObject } from 'node:crypto';

export type KeyType = 'RSA' | 'RSA-PSS' | 'DSA' | 'EC' | 'ED25519' | 'ED448';

/** A private key with the certificates that go with it. */
export interface Credential {
  readonly key: KeyObject;
  readonly keyType: KeyType;
  /** Modulus or order, in bits. */
  readonly bits: number;
  /** OpenSSL's estimate of the key's strength, which security levels compare. */
  readonly securityBits: number;
  /** Code point of the curve of an EC key, if the curve has one. */
  readonly group?: number;
  /** DER, leaf first, as it goes on the wire. */
  readonly chain: readonly Uint8Array[];
}
