import { createDecipheriv, getCiphers, hash as hashOnce, pbkdf2Sync, scryptSync } from 'node:crypto';
import { Tag } from '../../bytes/der.ts';
import { Malformed } from '../../bytes/malformed.ts';
import { dotted } from '../asn1/object-identifier.ts';
import { Structure } from '../asn1/structure.ts';
import { hasHash, hmacHashes, pbes1Ciphers, pbes2Ciphers, pkcs12Ciphers } from './password-algorithms.ts';
import { pkcs12Key } from './pkcs12-key.ts';

/** Decrypted is the plaintext, or the fault: a wrong password, or an algorithm that this Node lacks. */
export type Decrypted =
  | { readonly bytes: Uint8Array }
  | { readonly fault: 'wrong' }
  | { readonly fault: 'unsupported'; readonly algorithm: string };

/**
 * decryptWithPassword decrypts with a scheme of PKCS #12 (RFC 7292 appendix C), PBES1 or PBES2 (RFC 8018 section 6).
 * `algorithm`: the contents of its AlgorithmIdentifier; `password`: UTF-8, undefined for none at all.
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
  const pbes1 = pbes1Ciphers.get(oid);
  if (pbes1) return decryptPbes1(pbes1, parameters, encrypted, password ?? new Uint8Array(0));
  const cipher = pkcs12Ciphers.get(oid);
  if (cipher === undefined) return { fault: 'unsupported', algorithm: oid };
  const [name, keyLength, ivLength] = cipher;
  const salt = parameters.take('salt', Tag.octetString).body;
  const iterations = takeCount(parameters, 'iterations');
  const derived = { hash: { name: 'sha1', block: 64 }, password, salt, iterations } as const;
  const key = () => pkcs12Key({ ...derived, purpose: 'key', length: keyLength });
  return decipher(name, key, pkcs12Key({ ...derived, purpose: 'iv', length: ivLength }), encrypted);
}

/** decryptPbes1 follows RFC 8018 section 6.1.2, with the key of PBKDF1. */
function decryptPbes1(
  [hash, cipher]: readonly [hash: string, cipher: string],
  parameters: Structure,
  encrypted: Uint8Array,
  password: Uint8Array,
): Decrypted {
  const salt = parameters.take('salt', Tag.octetString).body;
  const iterations = takeCount(parameters, 'iterationCount');
  let digest = Buffer.concat([password, salt]);
  for (let i = 0; i < iterations; i++) digest = hashOnce(hash, digest, 'buffer');
  return decipher(cipher, () => digest.subarray(0, 8), digest.subarray(8, 16), encrypted);
}

function decryptPbes2(parameters: Structure, encrypted: Uint8Array, password: Uint8Array): Decrypted {
  const kdf = parameters.sequence('keyDerivationFunc');
  const scheme = parameters.sequence('encryptionScheme');
  const oid = dotted(scheme.take('algorithm', Tag.objectIdentifier).body);
  const cipher = pbes2Ciphers.get(oid);
  if (cipher === undefined) return { fault: 'unsupported', algorithm: oid };
  const iv = takeIv(scheme);
  const key = derivedKey(kdf, password, cipher.keyLength);
  return key instanceof Uint8Array
    ? decipher(cipher.name, () => key, iv, encrypted)
    : { fault: 'unsupported', algorithm: key.oid };
}

/** takeIv skips RC2's version number; the IV is empty for modes without one. @throws {Malformed} */
function takeIv(scheme: Structure): Uint8Array {
  if (scheme.nextIs(Tag.sequence)) {
    const rc2 = scheme.sequence('rc2CBCParameter');
    rc2.takeIf('rc2ParameterVersion', Tag.integer);
    return rc2.take('iv', Tag.octetString).body;
  }
  return scheme.takeIf('iv', Tag.octetString)?.body ?? new Uint8Array(0);
}

/** derivedKey runs PBKDF2 (RFC 8018 section 5.2) or scrypt (RFC 7914); `oid` is unsupported. @throws {Malformed} */
export function derivedKey(
  kdf: Structure,
  password: Uint8Array,
  length: number,
): Uint8Array | { readonly oid: string } {
  const oid = dotted(kdf.take('algorithm', Tag.objectIdentifier).body);
  const parameters = kdf.sequence('parameters');
  const salt = parameters.take('salt', Tag.octetString).body;
  if (oid === '1.3.6.1.4.1.11591.4.11') return scryptKey(parameters, password, salt, length);
  if (oid !== '1.2.840.113549.1.5.12') return { oid };
  const iterations = takeCount(parameters, 'iterationCount');
  parameters.takeIf('keyLength', Tag.integer);
  const prf = parameters.takeIf('prf', Tag.sequence);
  const prfOid = prf ? dotted(new Structure(prf.body).take('algorithm', Tag.objectIdentifier).body) : hmacSha1;
  const hash = hmacHashes.get(prfOid);
  if (hash === undefined || !hasHash(hash)) return { oid: prfOid };
  return pbkdf2Sync(password, salt, iterations, length, hash);
}

const hmacSha1 = '1.2.840.113549.2.7';

function scryptKey(parameters: Structure, password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const [N = 0, r = 0, p = 0] = ['costParameter', 'blockSize', 'parallelizationParameter'].map((name) =>
    takeCount(parameters, name),
  );
  try {
    return scryptSync(password, salt, length, { N, r, p, maxmem: mostMemory });
  } catch (error) {
    throw new Malformed(error instanceof Error ? error.message : String(error), ['scrypt']);
  }
}

/** Bytes; OpenSSL's default limit for scrypt. */
const mostMemory = 1025 * 32 * 1024;

/** decipher derives the key only if Node has the cipher. */
function decipher(name: string, key: () => Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Decrypted {
  if (!getCiphers().includes(name)) return { fault: 'unsupported', algorithm: name.toUpperCase() };
  try {
    const cipher = createDecipheriv(name, key(), iv.length === 0 ? null : iv);
    return { bytes: Buffer.concat([cipher.update(encrypted), cipher.final()]) };
  } catch {
    return { fault: 'wrong' };
  }
}

/** Iteration limit for untrusted files; some seconds of work. */
const mostIterations = 5_000_000;

/** @throws {Malformed} */
export function takeCount(from: Structure, name: string): number {
  const { body } = from.take(name, Tag.integer);
  const count = body.length > 4 ? Number.POSITIVE_INFINITY : body.reduce((sum, byte) => sum * 256 + byte, 0);
  if (count < 1 || count > mostIterations) throw new Malformed(`${count} iterations`, [name]);
  return count;
}
