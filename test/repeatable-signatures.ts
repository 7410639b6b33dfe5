import { constants, createECDH, type KeyObject, privateEncrypt } from 'node:crypto';
import { sequence, unsignedInteger } from '../src/bytes/der.ts';
import { hex } from '../src/bytes/hex.ts';
import { type HashName, hash, hashLength } from '../src/crypto/primitives/hash.ts';
import type { Random } from '../src/crypto/primitives/random.ts';
import { type PrivateKey, sign } from '../src/crypto/signatures.ts';

/** TLS up to 1.1, which has no schemes, signs with SHA-1. */
const ecdsaHashes: ReadonlyMap<number | undefined, HashName> = new Map<number | undefined, HashName>([
  [undefined, 'sha1'],
  [0x0403, 'sha256'],
  [0x0503, 'sha384'],
  [0x0603, 'sha512'],
]);

const pssHashes: ReadonlyMap<number | undefined, HashName> = new Map<number | undefined, HashName>([
  [0x0804, 'sha256'],
  [0x0805, 'sha384'],
  [0x0806, 'sha512'],
]);

/** signingFrom takes the randomness of signatures from `random`. For tests only: nothing here takes constant time. */
export function signingFrom(random: Random): typeof sign {
  return (scheme, key, message) => {
    const pss = pssHashes.get(scheme);
    if (pss !== undefined && isOf('rsa', key)) return signPss(key, pss, message, random(hashLength(pss)));
    const ecdsa = ecdsaHashes.get(scheme);
    if (ecdsa !== undefined && isOf('ec', key)) return signEcdsa(key, hash(ecdsa, message), random);
    if (!repeatable.has(key.asymmetricKeyType ?? '')) throw new Error(`${key.asymmetricKeyType} keys sign by chance`);
    return sign(scheme, key, message);
  };
}

/** Signatures of PKCS #1 v1.5 and EdDSA are deterministic. */
const repeatable: ReadonlySet<string> = new Set(['rsa', 'ed25519', 'ed448']);

function isOf(type: string, key: PrivateKey): key is KeyObject {
  return key.asymmetricKeyType === type;
}

/** RFC 8017 sections 8.1.1 and 9.1.1, for keys of whole bytes. */
function signPss(key: KeyObject, name: HashName, message: Uint8Array, salt: Uint8Array): Uint8Array {
  const length = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const digest = hash(name, new Uint8Array(8), hash(name, message), salt);
  const block = Buffer.alloc(length - digest.length - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  for (let counter = 0, at = 0; at < block.length; counter++) {
    const mask = hash(name, digest, Uint8Array.of(0, 0, 0, counter));
    for (const byte of mask.subarray(0, block.length - at)) block[at] = (block[at++] ?? 0) ^ byte;
  }
  block[0] = (block[0] ?? 0) & 0x7f;
  return privateEncrypt(
    { key, padding: constants.RSA_NO_PADDING },
    Buffer.concat([block, digest, Uint8Array.of(0xbc)]),
  );
}

/** FIPS 186-5 section 6.4.1, on P-256. */
function signEcdsa(key: KeyObject, digest: Uint8Array, random: Random): Uint8Array {
  const { crv, d = '' } = key.export({ format: 'jwk' });
  if (crv !== 'P-256') throw new Error(`no order of ${crv}`);
  const z = number(digest.subarray(0, orderLength));
  const k = (number(random(orderLength + 8)) % (order - 1n)) + 1n;
  const ephemeral = createECDH('prime256v1');
  ephemeral.setPrivateKey(Buffer.from(k.toString(16).padStart(orderLength * 2, '0'), 'hex'));
  const r = number(ephemeral.getPublicKey().subarray(1, 1 + orderLength)) % order;
  const s = (inverse(k) * (z + r * number(Buffer.from(d, 'base64url')))) % order;
  return sequence(unsignedInteger(bytes(r)), unsignedInteger(bytes(s)));
}

/** The order of P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const orderLength = 32;

function inverse(value: bigint): bigint {
  let result = 1n;
  let square = value;
  for (let left = order - 2n; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % order;
    square = (square * square) % order;
  }
  return result;
}

const number = (value: Uint8Array): bigint => BigInt(`0x0${hex(value)}`);

function bytes(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}
