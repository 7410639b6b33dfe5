import { createDecipheriv, createHash, getCiphers, pbkdf2Sync } from 'node:crypto';
import { Tag } from '../bytes/der.ts';
import { view } from '../bytes/hex.ts';
import { Malformed } from '../bytes/malformed.ts';
import type { HashName } from '../crypto/primitives/hash.ts';
import { dotted } from './object-identifier.ts';
import { Structure } from './structure.ts';

/** What was encrypted, or why it cannot be had: another password, or an algorithm that this Node has not. */
export type Decrypted =
  | { readonly bytes: Uint8Array }
  | { readonly fault: 'wrong' }
  | { readonly fault: 'unsupported'; readonly algorithm: string };

/**
 * Decrypts what an AlgorithmIdentifier of PKCS #12 (RFC 7292 appendix C) or PBES2 (RFC 8018 section 6.2) says is
 * encrypted with a password. `algorithm`: the inside of its SEQUENCE; `password`: UTF-8, undefined for none at all.
 * @throws {Malformed}
 */
export function decryptWithPassword(
  algorithm: Structure,
  encrypted: Uint8Array,
  password: Uint8Array | undefined,
): Decrypted {
  const oid = dotted(algorithm.take('algorithm', Tag.objectIdentifier).body);
  const parameters = algorithm.sequence('parameters');
  if (oid === '1.2.840.113549.1.5.13') return decryptPbes2(parameters, encrypted, password ?? new Uint8Array(0));
  const cipher = pkcs12Ciphers.get(oid);
  if (cipher === undefined) return { fault: 'unsupported', algorithm: oid };
  const [name, keyLength, ivLength] = cipher;
  const salt = parameters.take('salt', Tag.octetString).body;
  const iterations = takeCount(parameters, 'iterations');
  if (!getCiphers().includes(name)) return { fault: 'unsupported', algorithm: name.toUpperCase() };
  const derived = { hash: 'sha1', password, salt, iterations } as const;
  const key = pkcs12Key({ ...derived, purpose: 'key', length: keyLength });
  return decipher(name, key, pkcs12Key({ ...derived, purpose: 'iv', length: ivLength }), encrypted);
}

/** Name, bytes of the key, bytes of the IV. */
const pkcs12Ciphers: ReadonlyMap<string, readonly [name: string, keyLength: number, ivLength: number]> = new Map([
  ['1.2.840.113549.1.12.1.1', ['rc4', 16, 0]],
  ['1.2.840.113549.1.12.1.2', ['rc4-40', 5, 0]],
  ['1.2.840.113549.1.12.1.3', ['des-ede3-cbc', 24, 8]],
  ['1.2.840.113549.1.12.1.4', ['des-ede-cbc', 16, 8]],
  ['1.2.840.113549.1.12.1.5', ['rc2-cbc', 16, 8]],
  ['1.2.840.113549.1.12.1.6', ['rc2-40-cbc', 5, 8]],
]);

function decryptPbes2(parameters: Structure, encrypted: Uint8Array, password: Uint8Array): Decrypted {
  const kdf = parameters.sequence('keyDerivationFunc');
  const scheme = parameters.sequence('encryptionScheme');
  const oid = dotted(scheme.take('algorithm', Tag.objectIdentifier).body);
  const cipher = pbes2Ciphers.get(oid);
  if (cipher === undefined) return { fault: 'unsupported', algorithm: oid };
  const [name, keyLength] = cipher;
  const iv = scheme.take('iv', Tag.octetString).body;
  const key = pbkdf2(kdf, password, keyLength);
  return key instanceof Uint8Array ? decipher(name, key, iv, encrypted) : { fault: 'unsupported', algorithm: key.oid };
}

const pbes2Ciphers: ReadonlyMap<string, readonly [name: string, keyLength: number]> = new Map([
  ['1.2.840.113549.3.7', ['des-ede3-cbc', 24]],
  ['2.16.840.1.101.3.4.1.2', ['aes-128-cbc', 16]],
  ['2.16.840.1.101.3.4.1.22', ['aes-192-cbc', 24]],
  ['2.16.840.1.101.3.4.1.42', ['aes-256-cbc', 32]],
]);

/** RFC 8018 section 5.2; the object identifier of what is not supported. @throws {Malformed} */
export function pbkdf2(kdf: Structure, password: Uint8Array, length: number): Uint8Array | { readonly oid: string } {
  const oid = dotted(kdf.take('algorithm', Tag.objectIdentifier).body);
  if (oid !== '1.2.840.113549.1.5.12') return { oid };
  const parameters = kdf.sequence('parameters');
  const salt = parameters.take('salt', Tag.octetString).body;
  const iterations = takeCount(parameters, 'iterationCount');
  parameters.takeIf('keyLength', Tag.integer);
  const prf = parameters.takeIf('prf', Tag.sequence);
  const prfOid = prf ? dotted(new Structure(prf.body).take('algorithm', Tag.objectIdentifier).body) : hmacSha1;
  const hash = hmacHashes.get(prfOid);
  return hash === undefined ? { oid: prfOid } : pbkdf2Sync(password, salt, iterations, length, hash);
}

const hmacSha1 = '1.2.840.113549.2.7';

export const hmacHashes: ReadonlyMap<string, HashName> = new Map([
  [hmacSha1, 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

export const hashes: ReadonlyMap<string, HashName> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

function decipher(name: string, key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Decrypted {
  try {
    const cipher = createDecipheriv(name, key, iv.length === 0 ? null : iv);
    return { bytes: Buffer.concat([cipher.update(encrypted), cipher.final()]) };
  } catch {
    return { fault: 'wrong' };
  }
}

/** The most that a file may ask for; some seconds of work. */
const mostIterations = 5_000_000;

/** @throws {Malformed} */
export function takeCount(from: Structure, name: string): number {
  const { body } = from.take(name, Tag.integer);
  const count = body.length > 4 ? Number.POSITIVE_INFINITY : body.reduce((sum, byte) => sum * 256 + byte, 0);
  if (count < 1 || count > mostIterations) throw new Malformed(`${count} iterations`, [name]);
  return count;
}

export interface Pkcs12KeyRequest {
  readonly hash: HashName;
  readonly purpose: 'key' | 'iv' | 'mac';
  /** UTF-8; undefined for none at all, which is not the same as an empty one. */
  readonly password: Uint8Array | undefined;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Bytes. */
  readonly length: number;
}

/** RFC 7292 appendix B.2 */
export function pkcs12Key({ hash, purpose, password, salt, iterations, length }: Pkcs12KeyRequest): Uint8Array {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64;
  const diversifier = new Uint8Array(block).fill({ key: 1, iv: 2, mac: 3 }[purpose]);
  const secret = password === undefined ? new Uint8Array(0) : bmpString(password);
  const input = Buffer.concat([repeated(salt, block), repeated(secret, block)]);
  const parts: Uint8Array[] = [];
  for (let made = 0; made < length; made += parts.at(-1)?.length ?? length) {
    let digest: Uint8Array = createHash(hash).update(diversifier).update(input).digest();
    for (let i = 1; i < iterations; i++) digest = createHash(hash).update(digest).digest();
    parts.push(digest);
    const added = repeated(digest, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addOneMore(input.subarray(at, at + block), added);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** A BMPString with its end, as all versions of Windows make it. */
function bmpString(password: Uint8Array): Uint8Array {
  return Buffer.from(`${view(password).toString('utf8')}\0`, 'utf16le').swap16();
}

/** As often as it takes to fill whole blocks; nothing stays nothing. */
function repeated(bytes: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(bytes.length / block) * block;
  return length === 0 ? new Uint8Array(0) : Buffer.alloc(length, bytes);
}

/** `sum + added + 1`, big-endian, in place. */
function addOneMore(sum: Uint8Array, added: Uint8Array): void {
  let carry = 1;
  for (let at = sum.length - 1; at >= 0; at--) {
    carry += (sum[at] ?? 0) + (added[at] ?? 0);
    sum[at] = carry & 0xff;
    carry >>= 8;
  }
}
