import {
  constants,
  sign as createSignature,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  verify as verifySignature,
} from 'node:crypto';
import { view } from '../bytes/hex.ts';
import { MlDsaKey, MlDsaPublicKey } from './mldsa-key.ts';
import { constantTimeEqual, hash } from './primitives/hash.ts';

/** A key held by Node, or one of a kind that this Node does not support. */
export type PrivateKey = KeyObject | MlDsaKey;

/** The same for a key that verifies. */
export type PublicKey = KeyObject | MlDsaPublicKey;

/**
 * Signs with a signature scheme by its code point (RFC 8446 section 4.2.3), or as TLS up to 1.1 does when it is
 * undefined. ECDSA and DSA signatures are DER. The caller checks the curve that TLS 1.3 ties to a scheme.
 * @throws {RangeError} when Node does not support the scheme or the key is of another kind.
 */
export function sign(scheme: number | undefined, key: PrivateKey, message: Uint8Array): Uint8Array {
  if (scheme === undefined) return signLegacy(key, message);
  const algorithm = algorithms.get(scheme);
  if (algorithm === undefined || algorithm.keyType !== key.asymmetricKeyType)
    throw new RangeError(`a key of type ${key.asymmetricKeyType} cannot sign with scheme ${scheme}`);
  if (key instanceof MlDsaKey) return key.sign(message);
  return createSignature(algorithm.hash, message, { key, ...algorithm.options });
}

/** False, never an exception, for any input of a peer: other keys, unknown schemes, malformed signatures. */
export function verify(scheme: number, key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = algorithms.get(scheme);
  if (algorithm === undefined || algorithm.keyType !== key.asymmetricKeyType) return false;
  if (key instanceof MlDsaPublicKey) return key.verify(message, signature);
  if (!hasSizeOf(key, signature)) return false;
  return orFalse(() => verifySignature(algorithm.hash, message, { key, ...algorithm.options }, signature));
}

/**
 * The signature of TLS up to 1.1: RSA over MD5 and SHA-1 together, ECDSA and DSA over SHA-1 (RFC 4346 section 7.4.3,
 * RFC 4492 section 5.4).
 * @throws {RangeError} when the key is of another kind.
 */
export function signLegacy(key: PrivateKey, message: Uint8Array): Uint8Array {
  if (key instanceof MlDsaKey) throw new RangeError('an ML-DSA key cannot sign before TLS 1.2');
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return signDigests(key, hash('md5', message), hash('sha1', message));
    case 'ec':
    case 'dsa':
      return createSignature('sha1', message, key);
    default:
      throw new RangeError(`a key of type ${key.asymmetricKeyType} cannot sign before TLS 1.2`);
  }
}

/** False, never an exception, for any invalid input of a peer. */
export function verifyLegacy(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (key instanceof MlDsaPublicKey) return false;
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return verifyDigests(key, hash('md5', message), hash('sha1', message), signature);
    case 'ec':
    case 'dsa':
      return orFalse(() => verifySignature('sha1', message, key, signature));
    default:
      return false;
  }
}

/** RSA over two digests computed elsewhere, as in SSL 3.0, without a DigestInfo. */
export function signDigests(key: KeyObject, md5: Uint8Array, sha1: Uint8Array): Uint8Array {
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([md5, sha1]));
}

/** False, never an exception, for any invalid input of a peer, also with a key that is not RSA. */
export function verifyDigests(key: PublicKey, md5: Uint8Array, sha1: Uint8Array, signature: Uint8Array): boolean {
  if (key instanceof MlDsaPublicKey || !hasSizeOf(key, signature)) return false;
  return orFalse(() => {
    const digests = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, view(signature));
    return constantTimeEqual(digests, Buffer.concat([md5, sha1]));
  });
}

/**
 * An RSA signature has as many bytes as the modulus (RFC 8017 sections 8.1.2 and 8.2.2); OpenSSL takes one that has lost
 * its leading zeros. Other kinds of keys say nothing of the length.
 */
function hasSizeOf(key: KeyObject, signature: Uint8Array): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  return bits === undefined || !key.asymmetricKeyType?.startsWith('rsa') || signature.length === Math.ceil(bits / 8);
}

interface Algorithm {
  /** `asymmetricKeyType` of the acceptable keys. */
  readonly keyType: string;
  /** Null when the algorithm has its own. */
  readonly hash: string | null;
  readonly options: { readonly padding?: number; readonly saltLength?: number };
}

const algorithms: ReadonlyMap<number, Algorithm> = new Map<number, Algorithm>([
  [0x0201, pkcs1('sha1')],
  [0x0202, dsa('sha1')],
  [0x0203, ecdsa('sha1')],
  [0x0301, pkcs1('sha224')],
  [0x0302, dsa('sha224')],
  [0x0303, ecdsa('sha224')],
  [0x0401, pkcs1('sha256')],
  [0x0402, dsa('sha256')],
  [0x0403, ecdsa('sha256')],
  [0x0501, pkcs1('sha384')],
  [0x0502, dsa('sha384')],
  [0x0503, ecdsa('sha384')],
  [0x0601, pkcs1('sha512')],
  [0x0602, dsa('sha512')],
  [0x0603, ecdsa('sha512')],
  [0x0804, pss('rsa', 'sha256')],
  [0x0805, pss('rsa', 'sha384')],
  [0x0806, pss('rsa', 'sha512')],
  [0x0807, ownHash('ed25519')],
  [0x0808, ownHash('ed448')],
  [0x0809, pss('rsa-pss', 'sha256')],
  [0x080a, pss('rsa-pss', 'sha384')],
  [0x080b, pss('rsa-pss', 'sha512')],
  [0x081a, ecdsa('sha256')],
  [0x081b, ecdsa('sha384')],
  [0x081c, ecdsa('sha512')],
  [0x0904, ownHash('ml-dsa-44')],
  [0x0905, ownHash('ml-dsa-65')],
  [0x0906, ownHash('ml-dsa-87')],
]);

function pkcs1(name: string): Algorithm {
  return { keyType: 'rsa', hash: name, options: { padding: constants.RSA_PKCS1_PADDING } };
}

/** "The length of the Salt MUST be equal to the length of the output of the digest algorithm." */
function pss(keyType: 'rsa' | 'rsa-pss', name: string): Algorithm {
  const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return { keyType, hash: name, options };
}

function ecdsa(name: string): Algorithm {
  return { keyType: 'ec', hash: name, options: {} };
}

function dsa(name: string): Algorithm {
  return { keyType: 'dsa', hash: name, options: {} };
}

function ownHash(keyType: string): Algorithm {
  return { keyType, hash: null, options: {} };
}

function orFalse(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
