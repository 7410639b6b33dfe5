import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { toPem } from '../../bytes/pem.ts';
import { encode } from '../../bytes/wire.ts';
import { type EchConfig, EchConfigContents, EchConfigList, echVersion } from '../../messages/ech-config.ts';

const kem = 0x20;
const suite = { kdf: 1, aead: 1 };

/** EchKeyPair is a key pair for `-ech_key` with a single configuration. */
export class EchKeyPair {
  readonly config: EchConfig;
  readonly pem: string;
  readonly publicKey: KeyObject;

  constructor(configId = 7) {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    this.publicKey = publicKey;
    const contents = encode(EchConfigContents, {
      configId,
      kem,
      publicKey: rawKey(publicKey),
      cipherSuites: [suite],
      maximumNameLength: 0,
      publicName: Buffer.from('front.example'),
      extensions: [],
    });
    this.config = { version: echVersion, contents };
    const list = encode(EchConfigList, [this.config]);
    this.pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() + toPem('ECHCONFIG', list);
  }
}

/** rawKey returns an X25519 public key in HPKE's encoding. */
export function rawKey(publicKey: KeyObject): Uint8Array {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}
