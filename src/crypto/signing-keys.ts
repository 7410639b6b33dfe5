import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  KeyObject,
  type RSAKeyPairKeyObjectOptions,
} from 'node:crypto';
import { promisify } from 'node:util';
import { der, integer, objectIdentifier, octetString, sequence } from '../bytes/der.ts';
import { view } from '../bytes/hex.ts';
import { mlDsaKey } from './mldsa-key.ts';
import type { Random } from './primitives/random.ts';
import type { PrivateKey } from './signatures.ts';

/** Kinds of keys that certificates of ours can have. */
export const signingKeyKinds = [
  'rsa',
  'rsa-pss',
  'p256',
  'p384',
  'p521',
  'ed25519',
  'ed448',
  'mldsa44',
  'mldsa65',
  'mldsa87',
] as const;
export type SigningKeyKind = (typeof signingKeyKinds)[number];

/** SigningKey is a key that was made here, with the form that is written to files. */
export interface SigningKey {
  readonly key: PrivateKey;
  /** PrivateKeyInfo (RFC 5208). */
  readonly pkcs8: Uint8Array;
}

/** generateSigningKey makes a key. Undefined where neither Node nor a package has the kind. */
export async function generateSigningKey(kind: SigningKeyKind, random: Random): Promise<SigningKey | undefined> {
  const mlDsa = mlDsaIdentifiers[kind];
  if (mlDsa !== undefined) return generateMlDsa(mlDsa, random);
  const { privateKey } = await generators[kind as keyof typeof generators]();
  return { key: privateKey, pkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }) };
}

/** publicKeyInfo encodes the SubjectPublicKeyInfo of a private key. */
export function publicKeyInfo(key: PrivateKey): Uint8Array {
  return key instanceof KeyObject ? createPublicKey(key).export({ type: 'spki', format: 'der' }) : key.publicKeyInfo;
}

const generate = promisify(generateKeyPair);

/** RFC 8446 section 4.2.3 asks for no size; OpenSSL's security level 2 for at least this one. */
const rsa: RSAKeyPairKeyObjectOptions = { modulusLength: 2048 };

const generators = {
  rsa: () => generate('rsa', rsa),
  'rsa-pss': () => generate('rsa-pss', rsa),
  p256: () => generate('ec', { namedCurve: 'P-256' }),
  p384: () => generate('ec', { namedCurve: 'P-384' }),
  p521: () => generate('ec', { namedCurve: 'P-521' }),
  ed25519: () => generate('ed25519'),
  ed448: () => generate('ed448'),
};

/** RFC 9881 section 2 */
const mlDsaIdentifiers: { readonly [K in SigningKeyKind]?: string } = {
  mldsa44: '2.16.840.1.101.3.4.3.17',
  mldsa65: '2.16.840.1.101.3.4.3.18',
  mldsa87: '2.16.840.1.101.3.4.3.19',
};

/** Bytes; FIPS 204 section 5.1. */
const seedLength = 32;

/** The seed alone is written (RFC 9881 section 6): every implementation makes the same key of it. */
function generateMlDsa(identifier: string, random: Random): SigningKey | undefined {
  const seed = der(0x80, random(seedLength));
  const pkcs8 = sequence(integer(0), sequence(objectIdentifier(identifier)), octetString(seed));
  const key = keyOfNode(pkcs8) ?? mlDsaKey(pkcs8);
  return key && { key, pkcs8 };
}

function keyOfNode(pkcs8: Uint8Array): KeyObject | undefined {
  try {
    return createPrivateKey({ key: view(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    return undefined;
  }
}
