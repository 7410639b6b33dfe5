import { getCiphers } from 'node:crypto';
import type { Encryption } from '../names/cipher-suites.ts';

/** A bulk cipher as the record layer uses it. Lengths are in bytes. */
export type Cipher = AeadCipher | CbcCipher | KeystreamCipher | NullCipher;

/** Nonces have 12 bytes: a fixed part from the key block and an explicit or counted part. */
export interface AeadCipher {
  readonly kind: 'aead';
  readonly mode: 'gcm' | 'ccm' | 'chacha20-poly1305';
  /** The name in `createCipheriv`. */
  readonly nodeName: string;
  readonly keyLength: number;
  /** Bytes of the IV that TLS 1.2 takes from the key block; in TLS 1.3 it is always 12. */
  readonly fixedIvLength: 4 | 12;
  /** Bytes that TLS 1.2 sends before the ciphertext; in TLS 1.3 always 0. */
  readonly explicitNonceLength: 0 | 8;
  readonly tagLength: 8 | 16;
}

/** A block cipher in CBC mode; the IV is one block. */
export interface CbcCipher {
  readonly kind: 'cbc';
  readonly nodeName: string;
  readonly keyLength: number;
  readonly blockLength: 8 | 16;
}

export interface KeystreamCipher {
  readonly kind: 'stream';
  readonly nodeName: string;
  readonly keyLength: number;
}

interface NullCipher {
  readonly kind: 'null';
  readonly nodeName: undefined;
  readonly keyLength: 0;
}

/**
 * The cipher of a suite's encryption, by OpenSSL's name: `AESGCM(128)`, `AES(256)` for CBC, `None`. Undefined when this
 * OpenSSL does not carry it: RC4, IDEA and SEED need the legacy provider.
 */
export function cipherOf(encryption: Encryption): Cipher | undefined {
  const cipher = ciphers[encryption];
  if (cipher?.nodeName === undefined) return cipher;
  return carried().has(cipher.nodeName) ? cipher : undefined;
}

const ciphers: Readonly<Record<Encryption, Cipher | undefined>> = {
  'AESGCM(128)': gcm('aes-128-gcm', 16),
  'AESGCM(256)': gcm('aes-256-gcm', 32),
  'AESCCM(128)': ccm('aes-128-ccm', 16, 16),
  'AESCCM(256)': ccm('aes-256-ccm', 32, 16),
  'AESCCM8(128)': ccm('aes-128-ccm', 16, 8),
  'AESCCM8(256)': ccm('aes-256-ccm', 32, 8),
  'ARIAGCM(128)': gcm('aria-128-gcm', 16),
  'ARIAGCM(256)': gcm('aria-256-gcm', 32),
  'CHACHA20/POLY1305(256)': chacha(),
  'AES(128)': cbc('aes-128-cbc', 16, 16),
  'AES(256)': cbc('aes-256-cbc', 32, 16),
  'Camellia(128)': cbc('camellia-128-cbc', 16, 16),
  'Camellia(256)': cbc('camellia-256-cbc', 32, 16),
  '3DES(168)': cbc('des-ede3-cbc', 24, 8),
  'SEED(128)': cbc('seed-cbc', 16, 16),
  'IDEA(128)': cbc('idea-cbc', 16, 8),
  'RC4(128)': { kind: 'stream', nodeName: 'rc4', keyLength: 16 },
  None: { kind: 'null', nodeName: undefined, keyLength: 0 },
  // The national ciphers are in no build that we reproduce.
  'SM4GCM(128)': undefined,
  'SM4CCM(128)': undefined,
  eGOST2814789CNT: undefined,
  eGOST2814789CNT12: undefined,
  KUZNYECHIK: undefined,
  MAGMA: undefined,
};

let names: ReadonlySet<string> | undefined;

/** Loaded lazily: the list takes milliseconds, which the start of the program need not spend. */
function carried(): ReadonlySet<string> {
  names ??= new Set(getCiphers());
  return names;
}

/** RFC 5288 section 3 */
function gcm(nodeName: string, keyLength: number): AeadCipher {
  return { kind: 'aead', mode: 'gcm', nodeName, keyLength, fixedIvLength: 4, explicitNonceLength: 8, tagLength: 16 };
}

/** RFC 6655 section 3 */
function ccm(nodeName: string, keyLength: number, tagLength: 8 | 16): AeadCipher {
  return { kind: 'aead', mode: 'ccm', nodeName, keyLength, fixedIvLength: 4, explicitNonceLength: 8, tagLength };
}

/** RFC 7905 section 2 */
function chacha(): AeadCipher {
  const nodeName = 'chacha20-poly1305';
  return {
    kind: 'aead',
    mode: nodeName,
    nodeName,
    keyLength: 32,
    fixedIvLength: 12,
    explicitNonceLength: 0,
    tagLength: 16,
  };
}

function cbc(nodeName: string, keyLength: number, blockLength: 8 | 16): CbcCipher {
  return { kind: 'cbc', nodeName, keyLength, blockLength };
}
