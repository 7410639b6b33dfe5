import { createPublicKey, type KeyObject } from 'node:crypto';
import { elementAt, elementsOf, Tag } from '../../bytes/der.ts';
import { hex } from '../../bytes/hex.ts';
import { MlDsaKey, type MlDsaType, mlDsaType } from '../../crypto/mldsa-key.ts';
import type { PrivateKey } from '../../crypto/signatures.ts';
import { groupNamed } from '../../names/groups.ts';
import { Structure } from '../asn1/structure.ts';

export type KeyType = 'RSA' | 'RSA-PSS' | 'DSA' | 'EC' | 'ED25519' | 'ED448' | MlDsaKeyType;
type MlDsaKeyType = 'ML-DSA-44' | 'ML-DSA-65' | 'ML-DSA-87';

/** KeyFacts are the type of a key and its strength by OpenSSL 3.0's estimate. */
export interface KeyFacts {
  readonly keyType: KeyType;
  /** Bits of the modulus or order; for Ed25519, Ed448 and ML-DSA of the encoded key. */
  readonly bits: number;
  readonly securityBits: number;
  /** Code point of the curve, if it has one. */
  readonly group?: number;
}

/** keyFacts describes a private or public key; undefined for a type that cannot sign in TLS. */
export function keyFacts(key: PrivateKey): KeyFacts | undefined {
  if (key instanceof MlDsaKey) return mlDsaFacts(key.asymmetricKeyType);
  // The type declarations of Node 20 lack some key types.
  const keyType: string | undefined = key.asymmetricKeyType;
  if (keyType === 'dsa') return dsaFacts(key);
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  switch (keyType) {
    case 'ml-dsa-44':
    case 'ml-dsa-65':
    case 'ml-dsa-87':
      return mlDsaFacts(keyType);
    case 'rsa':
      return { keyType: 'RSA', bits: modulusLength, securityBits: factoringStrength(modulusLength) };
    case 'rsa-pss':
      return { keyType: 'RSA-PSS', bits: modulusLength, securityBits: factoringStrength(modulusLength) };
    case 'ec': {
      const bits = namedCurve === undefined ? explicitOrderBits(key) : orderBits(namedCurve);
      const group = groupNamed(groupNames[namedCurve ?? ''] ?? namedCurve ?? '');
      return { keyType: 'EC', bits, securityBits: curveStrength(bits), ...(group && { group: group.code }) };
    }
    case 'ed25519':
      return { keyType: 'ED25519', bits: 256, securityBits: 128 };
    case 'ed448':
      return { keyType: 'ED448', bits: 456, securityBits: 224 };
    default:
      return undefined;
  }
}

/** exchangeStrength returns the security bits of a DH, X25519 or X448 key; undefined for any other. */
export function exchangeStrength(key: KeyObject | undefined): number | undefined {
  // The type declarations of Node 20 lack some key types.
  const keyType: string | undefined = key?.asymmetricKeyType;
  if (key && keyType === 'dh') return dhStrength(key);
  return keyType === 'x25519' ? 128 : keyType === 'x448' ? 224 : undefined;
}

/** dhStrength reads PKCS #3 (prime, base, optional private value length) or X9.42 (prime, base, order) parameters. */
function dhStrength(key: KeyObject): number {
  try {
    const parameters = algorithmOf(key).sequence('parameters');
    const [prime = new Uint8Array(0)] = ['prime', 'base'].map((name) => parameters.take(name, Tag.integer).body);
    const third = parameters.takeIf('order or length', Tag.integer)?.body;
    // A length is a small number, an order a large one.
    const divisorBits = third && (third.length > 4 ? bitsOf(third) : Number(`0x${hex(third)}`));
    return divisorStrength(bitsOf(prime), divisorBits ?? Number.POSITIVE_INFINITY);
  } catch {
    return 0;
  }
}

/** unknownKeyFacts describes a SubjectPublicKeyInfo that Node cannot load: ML-DSA; undefined for any other. */
export function unknownKeyFacts(publicKeyInfo: Uint8Array): KeyFacts | undefined {
  const type = mlDsaType(elementsOf(elementAt(publicKeyInfo, 0).body)[0]?.body);
  return type && mlDsaFacts(type);
}

/** FIPS 204 tables 1 and 2 */
function mlDsaFacts(type: MlDsaType): KeyFacts {
  switch (type) {
    case 'ml-dsa-44':
      return { keyType: 'ML-DSA-44', bits: 10496, securityBits: 128 };
    case 'ml-dsa-65':
      return { keyType: 'ML-DSA-65', bits: 15616, securityBits: 192 };
    case 'ml-dsa-87':
      return { keyType: 'ML-DSA-87', bits: 20736, securityBits: 256 };
  }
}

/** factoringStrength uses SP 800-57 part 1 table 2 and otherwise FIPS 140-2 IG 7.5, rounded to whole bytes. */
function factoringStrength(modulusBits: number): number {
  const known = tableOfStrengths.get(modulusBits);
  if (known !== undefined) return known;
  if (modulusBits < 8) return 0;
  const x = modulusBits * Math.LN2;
  const strength = (1.923 * Math.cbrt(x * Math.log(x) ** 2) - 4.69) / Math.LN2;
  const rounded = 8 * Math.floor((Math.floor(strength) + 4) / 8);
  return Math.min(rounded, modulusBits <= 7680 ? 192 : modulusBits <= 15360 ? 256 : 1200);
}

const tableOfStrengths: ReadonlyMap<number, number> = new Map([
  [2048, 112],
  [3072, 128],
  [4096, 152],
  [6144, 176],
  [7680, 192],
  [8192, 200],
  [15360, 256],
]);

/** divisorStrength estimates DSA and Diffie-Hellman keys. */
function divisorStrength(modulusBits: number, divisorBits: number): number {
  const strength = strengthOf(modulusBits, dsaStrengths) ?? 0;
  return divisorBits < 160 ? 0 : Math.min(strength, Math.floor(divisorBits / 2));
}

function curveStrength(bits: number): number {
  return strengthOf(bits, curveStrengths) ?? Math.floor(bits / 2);
}

type Strengths = readonly (readonly [least: number, strength: number])[];

function strengthOf(bits: number, strengths: Strengths): number | undefined {
  return strengths.find(([least]) => bits >= least)?.[1];
}

const dsaStrengths: Strengths = [
  [15360, 256],
  [7680, 192],
  [3072, 128],
  [2048, 112],
  [1024, 80],
];

const curveStrengths: Strengths = [
  [512, 256],
  [384, 192],
  [256, 128],
  [224, 112],
  [160, 80],
];

/** orderBits reads the length of the order from the curve's name; `otherOrders` has the names with another number. */
function orderBits(curve: string): number {
  return otherOrders[curve] ?? Number(/\d{3}/.exec(curve)?.[0] ?? 256);
}

const otherOrders: Readonly<Record<string, number>> = {
  secp112r2: 110,
  secp128r2: 126,
  secp160k1: 161,
  secp160r1: 161,
  secp160r2: 161,
  secp224k1: 225,
  sect163r1: 162,
  sect233k1: 232,
  sect239k1: 238,
  sect283k1: 281,
  sect283r1: 282,
  sect409k1: 407,
  sect571k1: 570,
  sect571r1: 570,
  c2pnb163v2: 162,
  c2pnb163v3: 162,
  c2pnb176v1: 161,
  c2tnb191v2: 190,
  c2tnb191v3: 189,
  c2pnb208w1: 193,
  c2tnb239v1: 238,
  c2tnb239v2: 237,
  c2tnb239v3: 236,
  c2pnb272w1: 257,
  c2pnb304w1: 289,
  c2tnb359v1: 353,
  c2pnb368w1: 353,
  c2tnb431r1: 418,
  'wap-wsg-idm-ecid-wtls1': 112,
  'wap-wsg-idm-ecid-wtls3': 163,
  'wap-wsg-idm-ecid-wtls4': 113,
  'wap-wsg-idm-ecid-wtls5': 163,
  'wap-wsg-idm-ecid-wtls6': 112,
  'wap-wsg-idm-ecid-wtls7': 161,
  'wap-wsg-idm-ecid-wtls8': 113,
  'wap-wsg-idm-ecid-wtls9': 161,
  'wap-wsg-idm-ecid-wtls10': 232,
  'wap-wsg-idm-ecid-wtls11': 233,
  'wap-wsg-idm-ecid-wtls12': 224,
};

/** TLS names by OpenSSL's names of curves. */
const groupNames: Readonly<Record<string, string>> = {
  prime192v1: 'secp192r1',
  prime256v1: 'secp256r1',
  SM2: 'curveSM2',
};

/** dsaFacts decodes the DER: asymmetricKeyDetails of an invalid DSA key aborts the process in Node 20. */
function dsaFacts(key: KeyObject): KeyFacts | undefined {
  try {
    const parameters = algorithmOf(key).sequence('parameters');
    const [bits, divisorBits] = ['p', 'q'].map((name) => bitsOf(parameters.take(name, Tag.integer).body));
    return { keyType: 'DSA', bits: bits ?? 0, securityBits: divisorStrength(bits ?? 0, divisorBits ?? 0) };
  } catch {
    return undefined;
  }
}

/** explicitOrderBits reads the order of explicit parameters (RFC 3279 section 2.3.5). */
function explicitOrderBits(key: KeyObject): number {
  const parameters = algorithmOf(key).sequence('parameters');
  for (const name of ['version', 'field', 'curve', 'base']) parameters.take(name);
  return bitsOf(parameters.take('order', Tag.integer).body);
}

/** algorithmOf returns a key's AlgorithmIdentifier, positioned after the object identifier. */
function algorithmOf(key: KeyObject): Structure {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const info = new Structure(elementAt(publicKey.export({ type: 'spki', format: 'der' }), 0).body);
  const algorithm = info.sequence('algorithm');
  algorithm.take('identifier', Tag.objectIdentifier);
  return algorithm;
}

function bitsOf(number: Uint8Array): number {
  return BigInt(`0x${hex(number) || '0'}`).toString(2).length;
}
