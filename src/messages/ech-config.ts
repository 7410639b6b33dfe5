import { encode, opaque, struct, u8, u16, type ValueOf, vector } from '../bytes/wire.ts';
import { Extension } from './extensions/extension.ts';

/** The version that RFC 9849 defines, which is the number of the extension too. */
export const echVersion = 0xfe0d;

/** RFC 9849 section 4. The contents have a form only under a version that is known. */
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

/** What both sides put into HPKE so that a ciphertext is for this configuration only (RFC 9849 section 6.1). */
export function echInfo(config: EchConfig): Uint8Array {
  return Buffer.concat([Buffer.from('tls ech\0', 'latin1'), encode(EchConfig, config)]);
}
