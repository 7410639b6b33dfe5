import type { KeyObject } from 'node:crypto';
import type { Encryption } from '../names/cipher-suites.ts';
import { Aead } from './aead.ts';
import { type AeadCipher, cipherOf } from './ciphers.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';
import { type HpkeKem, hpkeKem } from './hpke-kem.ts';
import type { HashName } from './primitives/hash.ts';

/** The algorithms of HPKE by their numbers (RFC 9180 section 7). */
export interface HpkeSuite {
  readonly kem: number;
  readonly kdf: number;
  readonly aead: number;
}

/**
 * HpkeReceiver is the context set up from an encapsulated key; it opens ciphertexts in the order in which they were
 * sealed.
 */
export class HpkeReceiver {
  private readonly aead: Aead;
  private readonly baseNonce: Uint8Array;
  private sequence = 0;

  constructor(aead: Aead, baseNonce: Uint8Array) {
    this.aead = aead;
    this.baseNonce = baseNonce;
  }

  /** Undefined for a ciphertext that was not sealed next in order with this additional data. */
  open(additionalData: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
    const opened = this.aead.open(this.nonce(), additionalData, sealed);
    if (opened !== undefined) this.sequence++;
    return opened;
  }

  /** RFC 9180 section 5.2; the number is far below 2^32 here. */
  private nonce(): Uint8Array {
    const nonce = Buffer.from(this.baseNonce);
    const at = nonce.length - 4;
    nonce.writeUInt32BE((nonce.readUInt32BE(at) ^ this.sequence) >>> 0, at);
    return nonce;
  }
}

export interface HpkeSetup {
  readonly suite: HpkeSuite;
  readonly privateKey: KeyObject;
  /** The sender's encapsulated key. */
  readonly encapsulated: Uint8Array;
  readonly info: Uint8Array;
}

/** SetupBaseR of RFC 9180 section 5.1.1; undefined for an unknown suite or an invalid key. */
export function setUpReceiver({ suite, privateKey, encapsulated, info }: HpkeSetup): HpkeReceiver | undefined {
  const algorithms = algorithmsOf(suite);
  if (algorithms === undefined) return undefined;
  const secret = decapsulate(algorithms.kem, privateKey, encapsulated);
  return secret && new HpkeReceiver(...scheduleKeys(algorithms, suite, secret, info));
}

/** True when all three algorithms are known. */
export function knowsHpkeSuite(suite: HpkeSuite): boolean {
  return algorithmsOf(suite) !== undefined;
}

interface Algorithms {
  readonly kem: HpkeKem;
  readonly kdf: HashName;
  readonly aead: AeadCipher;
}

/** RFC 9180 sections 7.2 and 7.3 */
function algorithmsOf({ kem: kemCode, kdf: kdfCode, aead: aeadCode }: HpkeSuite): Algorithms | undefined {
  const kem = hpkeKem(kemCode);
  const kdf = kdfs.get(kdfCode);
  const encryption = aeads.get(aeadCode);
  const aead = encryption && cipherOf(encryption);
  return kem && kdf && aead?.kind === 'aead' ? { kem, kdf, aead } : undefined;
}

const kdfs: ReadonlyMap<number, HashName> = new Map([
  [1, 'sha256'],
  [2, 'sha384'],
  [3, 'sha512'],
]);

const aeads: ReadonlyMap<number, Encryption> = new Map([
  [1, 'AESGCM(128)'],
  [2, 'AESGCM(256)'],
  [3, 'CHACHA20/POLY1305(256)'],
]);

const nonceLength = 12;
const none = new Uint8Array(0);

/** Decap and ExtractAndExpand of RFC 9180 section 4.1. */
function decapsulate(kem: HpkeKem, privateKey: KeyObject, encapsulated: Uint8Array): Uint8Array | undefined {
  const ours = kem.publicKey(privateKey);
  const agreed = kem.agree(privateKey, encapsulated);
  if (ours === undefined || agreed === undefined) return undefined;
  const labeled = new Labeled(kem.hash, 'KEM', kem.code);
  const extracted = labeled.extract(none, 'eae_prk', agreed);
  return labeled.expand(extracted, 'shared_secret', Buffer.concat([encapsulated, ours]), kem.secretLength);
}

/** KeySchedule of RFC 9180 section 5.1 in the base mode, where there is no pre-shared key. */
function scheduleKeys(
  { kdf, aead: cipher }: Algorithms,
  { kem, kdf: kdfCode, aead }: HpkeSuite,
  sharedSecret: Uint8Array,
  info: Uint8Array,
): [aead: Aead, baseNonce: Uint8Array] {
  const labeled = new Labeled(kdf, 'HPKE', kem, kdfCode, aead);
  const context = Buffer.concat([
    Uint8Array.of(baseMode),
    labeled.extract(none, 'psk_id_hash', none),
    labeled.extract(none, 'info_hash', info),
  ]);
  const secret = labeled.extract(sharedSecret, 'secret', none);
  const key = labeled.expand(secret, 'key', context, cipher.keyLength);
  return [new Aead(cipher, key), labeled.expand(secret, 'base_nonce', context, nonceLength)];
}

const baseMode = 0;

/** LabeledExtract and LabeledExpand of RFC 9180 section 4. */
class Labeled {
  private readonly hash: HashName;
  private readonly suiteId: Uint8Array;

  constructor(hash: HashName, word: 'KEM' | 'HPKE', ...codes: number[]) {
    this.hash = hash;
    this.suiteId = Buffer.concat([Buffer.from(word, 'latin1'), ...codes.map(twoBytes)]);
  }

  extract(salt: Uint8Array, label: string, input: Uint8Array): Uint8Array {
    return hkdfExtract(this.hash, salt, this.named(label, input));
  }

  expand(secret: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array {
    return hkdfExpand(this.hash, secret, Buffer.concat([twoBytes(length), this.named(label, info)]), length);
  }

  private named(label: string, value: Uint8Array): Uint8Array {
    return Buffer.concat([Buffer.from('HPKE-v1', 'latin1'), this.suiteId, Buffer.from(label, 'latin1'), value]);
  }
}

function twoBytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value);
}
