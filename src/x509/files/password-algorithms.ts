import { createHash, createHmac } from 'node:crypto';

/** PasswordHash is a hash for password-based key derivation. */
export interface PasswordHash {
  /** Node's name. */
  readonly name: string;
  /** Block size in bytes. */
  readonly block: number;
}

/** MAC hashes of PKCS #12 (RFC 7292 section 4) that OpenSSL 3.0 can produce, by object identifier. */
export const hashes: ReadonlyMap<string, PasswordHash> = new Map(
  (
    [
      ['1.2.840.113549.2.4', 'md4', 64],
      ['1.2.840.113549.2.5', 'md5', 64],
      ['1.3.14.3.2.26', 'sha1', 64],
      ['1.3.36.3.2.1', 'ripemd160', 64],
      ['1.0.10118.3.0.55', 'whirlpool', 64],
      ['2.16.840.1.101.3.4.2.4', 'sha224', 64],
      ['2.16.840.1.101.3.4.2.1', 'sha256', 64],
      ['2.16.840.1.101.3.4.2.2', 'sha384', 128],
      ['2.16.840.1.101.3.4.2.3', 'sha512', 128],
      ['2.16.840.1.101.3.4.2.5', 'sha512-224', 128],
      ['2.16.840.1.101.3.4.2.6', 'sha512-256', 128],
      ['2.16.840.1.101.3.4.2.7', 'sha3-224', 144],
      ['2.16.840.1.101.3.4.2.8', 'sha3-256', 136],
      ['2.16.840.1.101.3.4.2.9', 'sha3-384', 104],
      ['2.16.840.1.101.3.4.2.10', 'sha3-512', 72],
      ['1.2.156.10197.1.401', 'sm3', 64],
      ['1.3.6.1.4.1.1722.12.2.1.16', 'blake2b512', 128],
      ['1.3.6.1.4.1.1722.12.2.2.8', 'blake2s256', 64],
    ] as const
  ).map(([oid, name, block]) => [oid, { name, block }]),
);

/** Pseudo-random functions of PBKDF2 and PBMAC1: HMAC with these hashes, by Node's name. */
export const hmacHashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.6', 'md5'],
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
  ['1.2.840.113549.2.12', 'sha512-224'],
  ['1.2.840.113549.2.13', 'sha512-256'],
  ['2.16.840.1.101.3.4.2.13', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.14', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.15', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.16', 'sha3-512'],
]);

/** hasHash reports if Node has the hash, which depends on the providers of its OpenSSL. */
export function hasHash(name: string): boolean {
  try {
    createHash(name);
    return true;
  } catch {
    return false;
  }
}

/** hashLengthOf returns the digest length in bytes of a hash that Node has. */
export function hashLengthOf(name: string): number {
  return createHash(name).digest().length;
}

export function hmacOf(name: string, key: Uint8Array, content: Uint8Array): Uint8Array {
  return createHmac(name, key).update(content).digest();
}

/** PasswordCipher is a cipher of PBES2. */
export interface PasswordCipher {
  /** Node's name. */
  readonly name: string;
  /** Bytes. */
  readonly keyLength: number;
}

/** Ciphers of PBES2 by object identifier: every mode with an identifier in OpenSSL 3.0. */
export const pbes2Ciphers: ReadonlyMap<string, PasswordCipher> = new Map([
  ...[128, 192, 256].flatMap((bits, size) => [
    ...modes('2.16.840.1.101.3.4.1', `aes-${bits}`, { ecb: 1, cbc: 2, ofb: 3, cfb: 4 }, 20 * size),
    ...modes('1.2.410.200046.1.1', `aria-${bits}`, { ecb: 1, cbc: 2, cfb: 3, ofb: 4, ctr: 5 }, 5 * size),
    ...modes('1.2.392.200011.61.1.1.1', `camellia-${bits}`, { cbc: 2 }, size),
    ...modes('0.3.4401.5.3.1.9', `camellia-${bits}`, { ecb: 1, ofb: 3, cfb: 4, ctr: 9 }, 20 * size),
  ]),
  ...modes('1.2.156.10197.1.104', 'sm4', { ecb: 1, cbc: 2, ofb: 3, cfb: 4, ctr: 7 }),
  ...modes('1.2.410.200004.1', 'seed', { ecb: 3, cbc: 4, cfb: 5, ofb: 6 }),
  ...modes('1.3.14.3.2', 'des', { ecb: 6, cbc: 7, ofb: 8, cfb: 9 }),
  ['1.3.14.3.2.17', { name: 'des-ede', keyLength: 16 }],
  ['1.2.840.113549.3.2', { name: 'rc2-cbc', keyLength: 16 }],
  ['1.2.840.113549.3.4', { name: 'rc4', keyLength: 16 }],
  ['1.2.840.113549.3.7', { name: 'des-ede3-cbc', keyLength: 24 }],
  ['1.2.840.113533.7.66.10', { name: 'cast5-cbc', keyLength: 16 }],
  ['1.3.6.1.4.1.3029.1.2', { name: 'bf-cbc', keyLength: 16 }],
]);

/** `last`: the last arc of each mode, before `shift` is added. */
function modes(arc: string, name: string, last: Readonly<Record<string, number>>, shift = 0) {
  const keyLength = name === 'des' ? 8 : Number(/\d{3}$/.exec(name)?.[0] ?? 128) / 8;
  return Object.entries(last).map(([mode, number]): readonly [string, PasswordCipher] => [
    `${arc}.${number + shift}`,
    { name: `${name}-${mode}`, keyLength },
  ]);
}

/** Schemes of PKCS #12 (RFC 7292 appendix C): Node's name of the cipher, bytes of key and IV. */
export const pkcs12Ciphers: ReadonlyMap<string, readonly [name: string, keyLength: number, ivLength: number]> = new Map(
  [
    ['1.2.840.113549.1.12.1.1', ['rc4', 16, 0]],
    ['1.2.840.113549.1.12.1.2', ['rc4-40', 5, 0]],
    ['1.2.840.113549.1.12.1.3', ['des-ede3-cbc', 24, 8]],
    ['1.2.840.113549.1.12.1.4', ['des-ede-cbc', 16, 8]],
    ['1.2.840.113549.1.12.1.5', ['rc2-cbc', 16, 8]],
    ['1.2.840.113549.1.12.1.6', ['rc2-40-cbc', 5, 8]],
  ],
);

/** Schemes of PBES1 (RFC 8018 appendix A.3): hash and cipher; key and IV have 8 bytes each. */
export const pbes1Ciphers: ReadonlyMap<string, readonly [hash: string, cipher: string]> = new Map([
  ['1.2.840.113549.1.5.3', ['md5', 'des-cbc']],
  ['1.2.840.113549.1.5.6', ['md5', 'rc2-64-cbc']],
  ['1.2.840.113549.1.5.10', ['sha1', 'des-cbc']],
  ['1.2.840.113549.1.5.11', ['sha1', 'rc2-64-cbc']],
]);
