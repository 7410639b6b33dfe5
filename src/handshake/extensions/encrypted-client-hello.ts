import { encode } from '../../bytes/wire.ts';
import { type EchConfig, EchConfigContents } from '../../messages/ech-config.ts';
import { encryptedClientHello as kind } from '../../messages/extensions/encrypted-client-hello.ts';
import type { Settings } from '../flow/settings.ts';
import type { Surroundings } from '../flow/surroundings.ts';
import type { Hello } from '../hello/client-hello.ts';
import { serverExtension } from './extension.ts';

/**
 * RFC 9849. Read before all others, as it may contain the inner hello (encrypted-hello.ts). The confirmation in a
 * HelloRetryRequest depends on the whole of that message (ech-confirmation.ts).
 */
export const encryptedClientHello = serverExtension(kind, {
  versions: 'fromTls13',
  choose: (_offered, flow, { hello }) => retryConfigs(flow, hello),
  answers: { encryptedExtensions: (_round, configs) => (configs.length > 0 ? configs : undefined) },
});

/** The parts of a flow that retry configurations depend on. */
interface RetrySource {
  readonly settings: Pick<Settings, 'ech'>;
  readonly surroundings: Pick<Surroundings, 'random'>;
}

/** Retry configurations for a client whose encrypted hello could not be decrypted (RFC 9849 section 7.1). */
export function retryConfigs(
  { settings: { ech }, surroundings }: RetrySource,
  { ech: offered }: Pick<Hello, 'ech'>,
): readonly EchConfig[] {
  if (offered?.outcome !== 'rejected' || ech === undefined) return [];
  const configs = asManyAsFit(ech.keys.filter(({ forRetry }) => forRetry).map(({ config }) => config));
  if (configs.length === 0 || !ech.greasesRetries) return configs;
  return [...configs, unusableConfig((length) => surroundings.random(length))];
}

/** The first configurations, so that EncryptedExtensions has room for other extensions. */
function asManyAsFit(configs: readonly EchConfig[]): readonly EchConfig[] {
  let size = 0;
  return configs.filter(({ contents }) => {
    size += configHeader + contents.length;
    return size <= longestList;
  });
}

/** Bytes: version and length of a configuration, and the maximum of all together out of 65535. */
const configHeader = 4;
const longestList = 32_768;

/**
 * A configuration that clients must ignore (RFC 9849 section 6.2.2): one of the reserved versions, of the form 0x?a?a.
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
