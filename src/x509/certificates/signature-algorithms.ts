import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { integerValue } from '../asn1/integer.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { Structure } from '../asn1/structure.ts';
import type { KeyType } from './key-facts.ts';

/** CertificateSignature describes a signature algorithm. */
export interface CertificateSignature {
  readonly oid: string;
  /** Node's name of the hash; undefined for an algorithm with its own hash or an unknown one. */
  readonly hash: string | undefined;
  /** RSA-PSS is also possible with a key of type RSA. Undefined for an unknown algorithm. */
  readonly keyType: KeyType | 'SM2' | undefined;
  /** OpenSSL 3.0's strength of the hash; -1 for an unknown algorithm. */
  readonly securityBits: number;
}

/** signatureOf decodes the contents of an AlgorithmIdentifier. @throws {Malformed} */
export function signatureOf(algorithm: Uint8Array): CertificateSignature {
  const fields = new Structure(algorithm);
  const oid = dotted(fields.take('algorithm', Tag.objectIdentifier).body);
  if (oid === '1.2.840.113549.1.1.10') {
    const parameters = pssParameters(fields);
    const hash = parameters?.trailer === 1n && parameters.saltLength >= 0 ? parameters.hash : undefined;
    return { oid, hash, keyType: 'RSA-PSS', securityBits: strengthOf(hash) };
  }
  const ownHash = ownHashes.get(oid);
  if (ownHash) return { oid, hash: undefined, ...ownHash };
  // OpenSSL uses the key's default hash for these.
  if (withoutHash.has(oid)) return { oid, hash: 'sha256', keyType: 'EC', securityBits: strengthOf(undefined) };
  const { keyType, hash } = algorithms.get(oid) ?? {};
  return { oid, hash, keyType, securityBits: strengthOf(hash) };
}

/** PssParameters of an RSA-PSS signature (RFC 4055 section 3.1). */
export interface PssParameters {
  /** Node's name of the hash; undefined for an unknown one. */
  readonly hash: string | undefined;
  /** Bytes; negative for an invalid length. */
  readonly saltLength: number;
  /** Only 1 is defined. */
  readonly trailer: bigint;
}

/** pssParameters reads `fields` after the object identifier; undefined for absent or unreadable parameters. */
export function pssParameters(fields: Structure): PssParameters | undefined {
  try {
    const parameters = fields.sequence('parameters');
    const hash = parameters.takeIf('hashAlgorithm', 0xa0);
    const mask = parameters.takeIf('maskGenAlgorithm', 0xa1);
    const salt = parameters.takeIf('saltLength', 0xa2);
    const trailer = parameters.takeIf('trailerField', 0xa3);
    parameters.end('parameters');
    if (mask) new Structure(mask.body).sequence('maskGenAlgorithm').take('algorithm', Tag.objectIdentifier);
    return {
      hash: hash ? hashes.get(identifierIn(hash.body)) : 'sha1',
      saltLength: salt ? Number(BigInt.asIntN(32, numberIn(salt.body))) : 20,
      trailer: trailer ? numberIn(trailer.body) : 1n,
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}

function identifierIn(algorithm: Uint8Array): string {
  return dotted(new Structure(algorithm).sequence('algorithm').take('algorithm', Tag.objectIdentifier).body);
}

function numberIn(body: Uint8Array): bigint {
  return integerValue(new Structure(body).take('number', Tag.integer).body);
}

/** strengthOf returns half the bits of the digest, fewer for a broken hash. */
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

/** ecdsa-with-Recommended and ecdsa-with-Specified name no hash. */
const withoutHash: ReadonlySet<string> = new Set(['1.2.840.10045.4.2', '1.2.840.10045.4.3']);

const ownHashes: ReadonlyMap<string, { keyType: KeyType; securityBits: number }> = new Map([
  ['1.3.101.112', { keyType: 'ED25519', securityBits: 128 }],
  ['1.3.101.113', { keyType: 'ED448', securityBits: 224 }],
  // RFC 9881
  ['2.16.840.1.101.3.4.3.17', { keyType: 'ML-DSA-44', securityBits: 128 }],
  ['2.16.840.1.101.3.4.3.18', { keyType: 'ML-DSA-65', securityBits: 192 }],
  ['2.16.840.1.101.3.4.3.19', { keyType: 'ML-DSA-87', securityBits: 256 }],
]);

/** Algorithms that OpenSSL 3.0 maps to a key type and a hash, including hashes that it no longer has. */
const algorithms: ReadonlyMap<string, { keyType: KeyType | 'SM2'; hash: string }> = new Map([
  ...family('RSA', '1.2.840.113549.1.1', {
    2: 'md2',
    3: 'md4',
    4: 'md5',
    5: 'sha1',
    11: 'sha256',
    12: 'sha384',
    13: 'sha512',
    14: 'sha224',
  }),
  ...family('RSA', '1.3.14.3.2', { 3: 'md5', 15: 'sha', 29: 'sha1' }),
  ...family('RSA', '1.3.36.3.3.1', { 2: 'ripemd160' }),
  ...family('RSA', '2.5.8.3', { 100: 'mdc2' }),
  ...family('DSA', '1.2.840.10040.4', { 3: 'sha1' }),
  ...family('DSA', '1.3.14.3.2', { 13: 'sha', 27: 'sha1' }),
  ...family('EC', '1.2.840.10045.4', { 1: 'sha1' }),
  ...family('EC', '1.2.840.10045.4.3', { 1: 'sha224', 2: 'sha256', 3: 'sha384', 4: 'sha512' }),
  ...family('SM2', '1.2.156.10197.1', { 501: 'sm3' }),
  // NIST's arc has more of DSA and ECDSA, which OpenSSL 3.0 does not map to keys.
  ...family('DSA', '2.16.840.1.101.3.4.3', { 1: 'sha224', 2: 'sha256' }),
  ...family('RSA', '2.16.840.1.101.3.4.3', { 13: 'sha3-224', 14: 'sha3-256', 15: 'sha3-384', 16: 'sha3-512' }),
]);

function family(keyType: KeyType | 'SM2', arc: string, members: Readonly<Record<number, string>>) {
  return Object.entries(members).map(([last, hash]) => [`${arc}.${last}`, { keyType, hash }] as const);
}
