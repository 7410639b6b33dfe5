import { constants, KeyObject, sign } from 'node:crypto';
import { der, integer, objectIdentifier, sequence, Tag, tagged } from '../../bytes/der.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';

/** CertificateSigner signs certificates, lists and OCSP responses. */
export interface CertificateSigner {
  /** AlgorithmIdentifier (DER). */
  readonly algorithm: Uint8Array;
  sign(content: Uint8Array): Uint8Array;
}

export type SigningHash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** certificateSigner signs with a key. `hash`: that of the key's strength unless given; EdDSA and ML-DSA have their own. */
export function certificateSigner(key: PrivateKey, hash: SigningHash = usualHash(key)): CertificateSigner {
  if (!(key instanceof KeyObject))
    return { algorithm: ownHashAlgorithm(key.asymmetricKeyType), sign: (it) => key.sign(it) };
  // The type declarations of Node 20 lack some key types.
  const type: string = key.asymmetricKeyType ?? '';
  switch (type) {
    case 'rsa':
      return {
        algorithm: sequence(objectIdentifier(rsaAlgorithms[hash]), der(Tag.null)),
        sign: (it) => sign(hash, it, key),
      };
    case 'rsa-pss':
      return pssSigner(key, hash);
    case 'ec':
      return { algorithm: sequence(objectIdentifier(ecdsaAlgorithms[hash])), sign: (it) => sign(hash, it, key) };
    default:
      return { algorithm: ownHashAlgorithm(type), sign: (it) => sign(null, it, key) };
  }
}

/** signed encodes content, algorithm and signature, as certificates, lists and OCSP responses have them. */
export function signed(content: Uint8Array, { algorithm, sign: signContent }: CertificateSigner): Uint8Array {
  return sequence(content, algorithm, bitString(signContent(content)));
}

/** bitString encodes whole bytes as a BIT STRING. */
function bitString(bytes: Uint8Array): Uint8Array {
  return der(Tag.bitString, Buffer.of(0), bytes);
}

/** RFC 5758 section 3.2 leaves the choice open; the hash is as strong as the curve. */
function usualHash(key: PrivateKey): SigningHash {
  const curve = key instanceof KeyObject ? key.asymmetricKeyDetails?.namedCurve : undefined;
  if (curve === 'secp384r1') return 'sha384';
  return curve === 'secp521r1' ? 'sha512' : 'sha256';
}

/** RFC 4055 section 3.1; the salt is as long as the hash. */
function pssSigner(key: KeyObject, hash: SigningHash): CertificateSigner {
  const digest = sequence(objectIdentifier(hashIdentifiers[hash]), der(Tag.null));
  const mask = sequence(objectIdentifier('1.2.840.113549.1.1.8'), digest);
  const saltLength = hashLengths[hash];
  const parameters = sequence(tagged(0, digest), tagged(1, mask), tagged(2, integer(saltLength)));
  return {
    algorithm: sequence(objectIdentifier('1.2.840.113549.1.1.10'), parameters),
    sign: (it) => sign(hash, it, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
  };
}

/** @throws {RangeError} for a key that signs nothing */
function ownHashAlgorithm(type: string): Uint8Array {
  const identifier = ownHashAlgorithms[type];
  if (identifier === undefined) throw new RangeError(`a key of type ${type} signs no certificate`);
  return sequence(objectIdentifier(identifier));
}

type ByHash = Readonly<Record<SigningHash, string>>;

const rsaAlgorithms: ByHash = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};

/** There is no identifier for MD5: SHA-1 is the weakest. */
const ecdsaAlgorithms: ByHash = {
  md5: '1.2.840.10045.4.1',
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};

const hashIdentifiers: ByHash = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** Bytes. */
const hashLengths: Readonly<Record<SigningHash, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** RFC 8410 section 3, RFC 9881 section 2 */
const ownHashAlgorithms: Readonly<Record<string, string>> = {
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
  'ml-dsa-44': '2.16.840.1.101.3.4.3.17',
  'ml-dsa-65': '2.16.840.1.101.3.4.3.18',
  'ml-dsa-87': '2.16.840.1.101.3.4.3.19',
};
