import { encode } from '../../bytes/wire.ts';
import { type EchConfig, EchConfigContents } from '../../messages/ech-config.ts';
import { encryptedClientHello as kind } from '../../messages/extensions/encrypted-client-hello.ts';
import type { Settings } from '../flow/settings.ts';
import type { Surroundings } from '../flow/surroundings.ts';
import type { Hello } from '../hello/client-hello.ts';
import { serverExtension } from './extension.ts';

/**
 * RFC 9849. Read before all others, as it may hold the hello that counts (encrypted-hello.ts). The confirmation in a
 * HelloRetryRequest depends on the whole of that message (ech-confirmation.ts).
 */
export const encryptedClientHello = serverExtension(kind, {
  versions: 'fromTls13',
  choose: (_offered, flow, { hello }) => retryConfigs(flow, hello),
  answers: { encryptedExtensions: (_round, configs) => (configs.length > 0 ? configs : undefined) },
});

/** What of a handshake they come from. */
interface RetrySource {
  readonly settings: Pick<Settings, 'ech'>;
  readonly surroundings: Pick<Surroundings, 'random'>;
}

/** Configurations to try again with, for a client whose encrypted hello we could not read (RFC 9849 section 7.1). */
export function retryConfigs(
  { settings: { ech }, surroundings }: RetrySource,
  { ech: offered }: Pick<Hello, 'ech'>,
): readonly EchConfig[] {
  if (offered?.outcome !== 'rejected' || ech === undefined) return [];
  const configs = asManyAsFit(ech.keys.filter(({ forRetry }) => forRetry).map(({ config }) => config));
  if (configs.length === 0 || !ech.greasesRetries) return configs;
  return [...configs, unusableConfig((length) => surroundings.random(length))];
}

/** The first ones, so that EncryptedExtensions has room for what else there is to say. */
function asManyAsFit(configs: readonly EchConfig[]): readonly EchConfig[] {
  let size = 0;
  return configs.filter(({ contents }) => {
    size += configHeader + contents.length;
    return size <= longestList;
  });
}

/** In bytes: version and length of a configuration, and what all of them together may take of 65535. */
const configHeader = 4;
const longestList = 32_768;

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
