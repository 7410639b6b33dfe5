import {
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type ECDH,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  hash as wholeHash,
} from 'node:crypto';
import { integer, objectIdentifier, octetString, sequence } from '../../bytes/der.ts';
import { view } from '../../bytes/hex.ts';

/**
 * The cheapest calls of `node:crypto` for frequent steps of a handshake, chosen once by the features of this Node. All
 * choices give the same bytes.
 */

export { randomBytes };

export type MontgomeryCurve = 'x25519' | 'x448';

/** A cipher or MAC key in the form that is cheapest per use: Node 24 takes 10 us longer with plain bytes. */
export function secretKey(key: Uint8Array | KeyObject): KeyObject {
  return key instanceof Uint8Array ? createSecretKey(key) : key;
}

export function digest(name: string, parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return shortDigest(name, only);
  const running = createHash(name);
  for (const part of parts) running.update(part);
  return running.digest();
}

/**
 * HMAC (RFC 2104). With a key used once, two whole hashes over short input cost less than `createHmac`, a tenth of it
 * on Node 24; callers that reuse a key, on longer input, pass a `KeyObject`.
 */
export function authenticate(name: string, key: Uint8Array | KeyObject, parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  if (key instanceof Uint8Array && size <= shortInput) return twoHashes(name, key, parts, size);
  const running = createHmac(name, secretKey(key));
  for (const part of parts) running.update(part);
  return running.digest();
}

export interface FreshKey {
  readonly privateKey: KeyObject;
  /** The public key as TLS sends it. */
  readonly share: Uint8Array;
}

/**
 * Generates a key pair with its share. JWK is the one export that is cheap on Node 20: DER costs 60 us more. It is
 * exported while the key is generated: a later `export` holds a lock that the end of the generating job takes too, and
 * a garbage collection in between deadlocks.
 */
export function montgomeryKey(curve: MontgomeryCurve): FreshKey {
  const { privateKey, publicKey } = generateWithJwk(curve, { publicKeyEncoding: { format: 'jwk' } });
  return { privateKey, share: shareOf(publicKey) };
}

/** A signature that Node's types lack. */
const generateWithJwk = generateKeyPairSync as (type: string, options: object) => JwkPair;

interface JwkPair {
  readonly privateKey: KeyObject;
  readonly publicKey: object & { readonly x?: string };
}

function shareOf({ x = '' }: { readonly x?: string }): Uint8Array {
  return Buffer.from(x, 'base64url');
}

/**
 * The key of this private number, encoded as in RFC 7748 section 5. Node's exceptions for wrong lengths pass through.
 */
export function montgomeryKeyOf(curve: MontgomeryCurve, number: Uint8Array): FreshKey {
  const algorithm = sequence(objectIdentifier(curve === 'x25519' ? '1.3.101.110' : '1.3.101.111'));
  const der = sequence(integer(0), algorithm, octetString(octetString(number)));
  const privateKey = createPrivateKey({ key: view(der), format: 'der', type: 'pkcs8' });
  return { privateKey, share: shareOf(createPublicKey(privateKey).export({ format: 'jwk' })) };
}

/** Node's exceptions for wrong lengths pass through. */
export function montgomeryPublicKey(curve: MontgomeryCurve, share: Uint8Array): KeyObject {
  readPublicKey ??= takesRawKeys() ? rawPublicKey : jwkPublicKey;
  return readPublicKey(curve, share);
}

/** Chosen at the first key: the probe costs a millisecond. */
let readPublicKey: typeof montgomeryPublicKey | undefined;

/** A key pair on one of `getCurves()`. */
export function curveKey(curve: string): ECDH {
  const pair = createECDH(curve);
  pair.generateKeys();
  return pair;
}

/** The key pair of this private number; undefined when it is 0 or not below the order of the curve. */
export function curveKeyOf(curve: string, number: Uint8Array): ECDH | undefined {
  const pair = createECDH(curve);
  try {
    pair.setPrivateKey(number);
    return pair;
  } catch {
    return undefined;
  }
}

/** Bytes of HMAC input up to which concatenating is cheaper than a second native object. */
const shortInput = 1024;
const longestBlock = 128;
/** Scratch memory shared by all calls, which are synchronous. Wiped after use, as it holds keys. */
const inner = Buffer.alloc(longestBlock + shortInput);
const outer = Buffer.alloc(longestBlock + 64);

function twoHashes(name: string, key: Uint8Array, parts: readonly Uint8Array[], size: number): Uint8Array {
  const block = name === 'sha384' || name === 'sha512' ? 128 : 64;
  const short = key.length > block ? shortDigest(name, key) : key;
  inner.fill(0x36, 0, block);
  outer.fill(0x5c, 0, block);
  for (let i = 0; i < short.length; i++) {
    const byte = short[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  let end = block;
  for (const part of parts) {
    inner.set(part, end);
    end += part.length;
  }
  const length = outer.write(wholeHash(name, inner.subarray(0, block + size), 'binary'), block, 'binary');
  const mac = shortDigest(name, outer.subarray(0, block + length));
  inner.fill(0, 0, block + size);
  outer.fill(0, 0, block + length);
  return mac;
}

/**
 * Hashes by way of a string, which costs half of asking Node for a Buffer. A Buffer this small lives on the JavaScript
 * heap: keeping it retains no slab and no native memory.
 */
function shortDigest(name: string, bytes: Uint8Array): Uint8Array {
  const text = wholeHash(name, bytes, 'binary');
  const output = Buffer.alloc(text.length);
  output.write(text, 'binary');
  return output;
}

const jwkName = { x25519: 'X25519', x448: 'X448' } as const;

function jwkPublicKey(curve: MontgomeryCurve, share: Uint8Array): KeyObject {
  const x = view(share).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: jwkName[curve], x }, format: 'jwk' });
}

/** A key format that the type declarations of Node 20 lack. */
interface RawPublicKey {
  readonly key: Uint8Array;
  readonly format: 'raw-public';
  readonly asymmetricKeyType: MontgomeryCurve;
}

function rawPublicKey(curve: MontgomeryCurve, share: Uint8Array): KeyObject {
  const input: RawPublicKey = { key: share, format: 'raw-public', asymmetricKeyType: curve };
  return (createPublicKey as (input: object) => KeyObject)(input);
}

function takesRawKeys(): boolean {
  try {
    rawPublicKey('x25519', Buffer.alloc(32, 9));
    return true;
  } catch {
    return false;
  }
}
