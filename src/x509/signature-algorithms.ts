import { Tag } from '../bytes/der.ts';
import type { KeyType } from './key-facts.ts';
import { dotted } from './object-identifier.ts';
import { Structure } from './structure.ts';

/** How a certificate is signed, as its signature algorithm says. */
export interface CertificateSignature {
  readonly oid: string;
  /** Node's name of the hash; undefined where the algorithm has its own or is not known. */
  readonly hash: string | undefined;
  /** RSA-PSS says how was signed: a key of type RSA can do that too. Undefined where the algorithm is not known. */
  readonly keyType: KeyType | 'SM2' | undefined;
  /** What OpenSSL 3.0 gives for the hash, -1 where the algorithm is not known. */
  readonly securityBits: number;
}

/** From the inside of an AlgorithmIdentifier. @throws {Malformed} */
export function signatureOf(algorithm: Uint8Array): CertificateSignature {
  const fields = new Structure(algorithm);
  const oid = dotted(fields.take('algorithm', Tag.objectIdentifier).body);
  if (oid === '1.2.840.113549.1.1.10') {
    const hash = pssHash(fields);
    return { oid, hash, keyType: 'RSA-PSS', securityBits: strengthOf(hash) };
  }
  const ownHash = ownHashes.get(oid);
  if (ownHash) return { oid, hash: undefined, ...ownHash };
  const { keyType, hash } = algorithms.get(oid) ?? {};
  return { oid, hash, keyType, securityBits: strengthOf(hash) };
}

/** RFC 4055 section 3.1: `[0] hashAlgorithm`, SHA-1 where it is absent. */
function pssHash(fields: Structure): string | undefined {
  const hash = fields.sequence('parameters').takeIf('hashAlgorithm', 0xa0);
  if (hash === undefined) return 'sha1';
  return hashes.get(dotted(new Structure(hash.body).sequence('hashAlgorithm').take('algorithm', 0x06).body));
}

/** Half the length of the digest, less where collisions are known. */
function strengthOf(hash: string | undefined): number {
  return strengths.get(hash ?? '') ?? -1;
}

const strengths: ReadonlyMap<string, number> = new Map([
  ['md4', 64],
  ['md5', 39],
  ['sha1', 63],
  ['ripemd160', 80],
  ['sha224', 112],
  ['sha256', 128],
  ['sha384', 192],
  ['sha512', 256],
  ['sha512-224', 112],
  ['sha512-256', 128],
  ['sha3-224', 112],
  ['sha3-256', 128],
  ['sha3-384', 192],
  ['sha3-512', 256],
  ['sm3', 128],
]);

const hashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.5', 'sha512-224'],
  ['2.16.840.1.101.3.4.2.6', 'sha512-256'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
]);

const ownHashes: ReadonlyMap<string, { keyType: KeyType; securityBits: number }> = new Map([
  ['1.3.101.112', { keyType: 'ED25519', securityBits: 128 }],
  ['1.3.101.113', { keyType: 'ED448', securityBits: 224 }],
  // RFC 9881
  ['2.16.840.1.101.3.4.3.17', { keyType: 'ML-DSA-44', securityBits: 128 }],
  ['2.16.840.1.101.3.4.3.18', { keyType: 'ML-DSA-65', securityBits: 192 }],
  ['2.16.840.1.101.3.4.3.19', { keyType: 'ML-DSA-87', securityBits: 256 }],
]);

const algorithms: ReadonlyMap<string, { keyType: KeyType | 'SM2'; hash: string }> = new Map([
  ...family('RSA', '1.2.840.113549.1.1', {
    3: 'md4',
    4: 'md5',
    5: 'sha1',
    11: 'sha256',
    12: 'sha384',
    13: 'sha512',
    14: 'sha224',
    15: 'sha512-224',
    16: 'sha512-256',
  }),
  ...family('RSA', '1.3.14.3.2', { 3: 'md5', 29: 'sha1' }),
  ...family('RSA', '1.3.36.3.3.1', { 2: 'ripemd160' }),
  ...family('DSA', '1.2.840.10040.4', { 3: 'sha1' }),
  ...family('DSA', '1.3.14.3.2', { 27: 'sha1' }),
  ...family('EC', '1.2.840.10045.4', { 1: 'sha1' }),
  ...family('EC', '1.2.840.10045.4.3', { 1: 'sha224', 2: 'sha256', 3: 'sha384', 4: 'sha512' }),
  ...family('SM2', '1.2.156.10197.1', { 501: 'sm3' }),
  // NIST's own arc has DSA, ECDSA and RSA one behind the other.
  ...family('DSA', '2.16.840.1.101.3.4.3', { 1: 'sha224', 2: 'sha256', 3: 'sha384', 4: 'sha512' }),
  ...family('DSA', '2.16.840.1.101.3.4.3', { 5: 'sha3-224', 6: 'sha3-256', 7: 'sha3-384', 8: 'sha3-512' }),
  ...family('EC', '2.16.840.1.101.3.4.3', { 9: 'sha3-224', 10: 'sha3-256', 11: 'sha3-384', 12: 'sha3-512' }),
  ...family('RSA', '2.16.840.1.101.3.4.3', { 13: 'sha3-224', 14: 'sha3-256', 15: 'sha3-384', 16: 'sha3-512' }),
]);

function family(keyType: KeyType | 'SM2', arc: string, members: Readonly<Record<number, string>>) {
  return Object.entries(members).map(([last, hash]) => [`${arc}.${last}`, { keyType, hash }] as const);
}
