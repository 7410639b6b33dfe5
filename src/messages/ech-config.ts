import { encode, opaque, struct, u8, u16, type ValueOf, vector } from '../bytes/wire.ts';
import { Extension } from './extensions/extension.ts';

/** The version that RFC 9849 defines; the extension has the same number. */
export const echVersion = 0xfe0d;

/** RFC 9849 section 4. The form of the contents is defined only for a known version. */
export const EchConfig = struct({ version: u16, contents: opaque(0, 65535) });
export type EchConfig = ValueOf<typeof EchConfig>;

export const EchConfigList = vector(EchConfig, 4, 65535);

export const HpkeSymmetricSuite = struct({ kdf: u16, aead: u16 });
export type HpkeSymmetricSuite = ValueOf<typeof HpkeSymmetricSuite>;

/** The contents under `echVersion`. */
export const EchConfigContents = struct({
  configId: u8,
  kem: u16,
  publicKey: opaque(1, 65535),
  cipherSuites: vector(HpkeSymmetricSuite, 4, 65532),
  maximumNameLength: u8,
  publicName: opaque(1, 255),
  extensions: vector(Extension, 0, 65535),
});
export type EchConfigContents = ValueOf<typeof EchConfigContents>;

/** echInfo is the `info` of HPKE that binds a ciphertext to this configuration (RFC 9849 section 6.1). */
export function echInfo(config: EchConfig): Uint8Array {
  return Buffer.concat([Buffer.from('tls ech\0', 'latin1'), encode(EchConfig, config)]);
}
