import { createPublicKey, type KeyObject } from 'node:crypto';
import { der, elementAt, elementsOf, objectIdentifier, sequence, Tag } from '../bytes/der.ts';
import { equal, view } from '../bytes/hex.ts';
import { mlDsa, needsPackage } from './primitives/post-quantum.ts';

export type MlDsaType = 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87';

/** MlDsaKey is an ML-DSA private key (FIPS 204) for a Node without ML-DSA. Members are named as in `KeyObject`. */
export class MlDsaKey {
  readonly type = 'private';
  readonly asymmetricKeyType: MlDsaType;
  readonly publicKey: Uint8Array;
  private readonly secretKey: Uint8Array;

  constructor(type: MlDsaType, pair: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array }) {
    this.asymmetricKeyType = type;
    this.publicKey = pair.publicKey;
    this.secretKey = pair.secretKey;
  }

  /** SubjectPublicKeyInfo of RFC 9881 section 4. */
  get publicKeyInfo(): Uint8Array {
    const oid = identifiers.find(([type]) => type === this.asymmetricKeyType)?.[1] ?? new Uint8Array(0);
    return sequence(sequence(oid), der(Tag.bitString, Buffer.of(0), this.publicKey));
  }

  equals(other: KeyObject | MlDsaKey): boolean {
    return other instanceof MlDsaKey && equal(other.publicKey, this.publicKey);
  }

  sign(message: Uint8Array): Uint8Array {
    return primitive(this.asymmetricKeyType).sign(message, this.secretKey);
  }
}

/** MlDsaPublicKey is an ML-DSA public key for a Node without ML-DSA. */
export class MlDsaPublicKey {
  readonly type = 'public';
  readonly asymmetricKeyType: MlDsaType;
  private readonly publicKey: Uint8Array;

  constructor(type: MlDsaType, publicKey: Uint8Array) {
    this.asymmetricKeyType = type;
    this.publicKey = publicKey;
  }

  /** False, never an exception, for any invalid input of a peer. */
  verify(message: Uint8Array, signature: Uint8Array): boolean {
    try {
      return primitive(this.asymmetricKeyType).verify(signature, message, this.publicKey);
    } catch {
      return false;
    }
  }
}

/** Reads a SubjectPublicKeyInfo (RFC 9881 section 4). Undefined for anything else, and without an implementation. */
export function mlDsaPublicKey(info: Uint8Array): MlDsaPublicKey | undefined {
  try {
    const [algorithm, content] = elementsOf(elementAt(info, 0).body);
    const type = mlDsaType(algorithm?.body);
    const isWhole = content?.tag === Tag.bitString && content.body[0] === 0;
    return type && isWhole && mlDsa() ? new MlDsaPublicKey(type, content.body.subarray(1)) : undefined;
  } catch {
    return undefined;
  }
}

/** True when Node or the package verifies signatures of ML-DSA. */
export function canVerifyMlDsa(): boolean {
  return mlDsaOfNode() || mlDsa() !== undefined;
}

function mlDsaOfNode(): boolean {
  const [, oid = new Uint8Array(0)] = identifiers[0] ?? [];
  const info = sequence(sequence(oid), der(Tag.bitString, Buffer.alloc(1 + publicKeyLength44)));
  try {
    return createPublicKey({ key: view(info), type: 'spki', format: 'der' }) !== undefined;
  } catch {
    return false;
  }
}

/** FIPS 204 table 2 */
const publicKeyLength44 = 1312;

/** True for PKCS #8 with an ML-DSA key when there is no implementation. */
export function lacksMlDsa(pkcs8: Uint8Array): boolean {
  try {
    const [, algorithm] = elementsOf(elementAt(pkcs8, 0).body);
    return mlDsaType(algorithm?.body) !== undefined && mlDsa() === undefined;
  } catch {
    return false;
  }
}

/**
 * Reads PKCS #8 in one of the three forms of RFC 9881 section 6 (seed, expanded key, or both), or in the additional
 * ones of OpenSSL: seed or expanded key without a tag, expanded key and public key in one string. Undefined for
 * anything else, and without an implementation.
 */
export function mlDsaKey(pkcs8: Uint8Array): MlDsaKey | undefined {
  try {
    const [, algorithm, content] = elementsOf(elementAt(pkcs8, 0).body);
    const type = mlDsaType(algorithm?.body);
    if (type === undefined || content?.tag !== Tag.octetString) return undefined;
    const { seed, expanded } = secretsIn(content.body, primitive(type).lengths);
    if (seed === undefined) return expanded && expandedKey(type, expanded);
    const pair = primitive(type).keygen(seed);
    // RFC 9881 section 8.2: seed and expanded key must agree.
    return expanded === undefined || equal(pair.secretKey, expanded) ? new MlDsaKey(type, pair) : undefined;
  } catch {
    return undefined;
  }
}

interface Secrets {
  readonly seed?: Uint8Array | undefined;
  readonly expanded?: Uint8Array | undefined;
}

/** @throws {Malformed} */
function secretsIn(
  content: Uint8Array,
  lengths: { readonly secretKey?: number; readonly publicKey?: number },
): Secrets {
  const { secretKey = 0, publicKey = 0 } = lengths;
  if (content.length === seedLength) return { seed: content };
  if (content.length === secretKey) return { expanded: content };
  const { tag, body } = elementAt(content, 0);
  if (tag === seedTag) return { seed: body };
  if (tag === Tag.octetString) {
    return { expanded: body.length === secretKey + publicKey ? body.subarray(0, secretKey) : body };
  }
  if (tag !== Tag.sequence) return {};
  const [seed, expanded] = elementsOf(body);
  const areStrings = seed?.tag === Tag.octetString && expanded?.tag === Tag.octetString;
  return areStrings ? { seed: seed.body, expanded: expanded.body } : {};
}

/** Bytes; FIPS 204 section 5.1. */
const seedLength = 32;

function expandedKey(type: MlDsaType, expanded: Uint8Array): MlDsaKey {
  return new MlDsaKey(type, {
    publicKey: primitive(type).getPublicKey(expanded),
    secretKey: Uint8Array.from(expanded),
  });
}

/** `algorithm` is the contents of an AlgorithmIdentifier. */
export function mlDsaType(algorithm: Uint8Array | undefined): MlDsaType | undefined {
  return algorithm && identifiers.find(([, oid]) => equal(oid, algorithm))?.[0];
}

/** [0] IMPLICIT OCTET STRING */
const seedTag = 0x80;

const identifiers: readonly (readonly [type: MlDsaType, oid: Uint8Array])[] = [
  ['ml-dsa-44', objectIdentifier('2.16.840.1.101.3.4.3.17')],
  ['ml-dsa-65', objectIdentifier('2.16.840.1.101.3.4.3.18')],
  ['ml-dsa-87', objectIdentifier('2.16.840.1.101.3.4.3.19')],
];

/** Keys are only made where there is an implementation. */
function primitive(type: MlDsaType) {
  const { ml_dsa44, ml_dsa65, ml_dsa87 } = mlDsa() ?? lacking();
  return { 'ml-dsa-44': ml_dsa44, 'ml-dsa-65': ml_dsa65, 'ml-dsa-87': ml_dsa87 }[type];
}

function lacking(): never {
  throw new RangeError(needsPackage);
}
