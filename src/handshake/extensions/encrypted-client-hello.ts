import { encode } from '../../bytes/wire.ts';
import { type EchConfig, EchConfigContents } from '../../messages/ech-config.ts';
import { encryptedClientHello as kind } from '../../messages/extensions/encrypted-client-hello.ts';
import { encodeExtension } from '../../messages/extensions/extension.ts';
import type { Hello } from '../client-hello.ts';
import type { Flow } from '../flow.ts';
import type { Answer } from './answer.ts';

/** Configurations to try again with, for a client whose encrypted hello we could not read (RFC 9849 section 7.1). */
export function retryConfigs({ settings, surroundings }: Flow, { ech: offered }: Hello): readonly EchConfig[] {
  const { ech } = settings;
  if (offered?.outcome !== 'rejected' || ech === undefined) return [];
  const configs = ech.keys.filter(({ forRetry }) => forRetry).map(({ config }) => config);
  if (configs.length === 0 || !ech.greasesRetries) return configs;
  return [...configs, unusableConfig((length) => surroundings.random(length))];
}

export const answerEncryptedClientHello: Answer = ({ echRetryConfigs = [] }) =>
  echRetryConfigs.length === 0 ? undefined : encodeExtension(kind, 'encryptedExtensions', echRetryConfigs);

/**
 * A configuration that clients have to pass over, because it is of a kind that will never be (RFC 9849 section 6.2.2):
 * one of the reserved versions, of the form 0x?a?a.
 */
function unusableConfig(random: (length: number) => Uint8Array): EchConfig {
  const [high = 0] = random(1);
  const nibble = high >>> 4;
  const byte = nibble * 16 + 0x0a;
  const contents = encode(EchConfigContents, {
    configId: high,
    kem: byte * 0x100 + byte,
    publicKey: random(32),
    cipherSuites: [{ kdf: 1, aead: 1 }],
    maximumNameLength: 0,
    publicName: Buffer.from('grease.invalid', 'latin1'),
    extensions: [],
  });
  return { version: byte * 0x100 + byte, contents };
}
