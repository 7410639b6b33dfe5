import { suiteBRestrictions } from '../../handshake/policy/suite-b-policy.ts';
import { isDtls } from '../../names/versions.ts';
import type { Parsed } from '../command-line/parse.ts';
import { protocolFlag } from '../command-line/protocol-flag.ts';
import { type Configuration, configure, defaultConfiguration } from '../configuration/configuration.ts';
import { applyNamed, applySystemDefault } from '../configuration-file/configuration-file.ts';
import type { Configured } from '../configuration-file/configuration-file-commands.ts';
import type { LibraryConfiguration } from '../configuration-file/library-configuration.ts';
import type { Output } from '../output/output.ts';
import { securityWatcher } from '../watchers/security-watcher.ts';

/**
 * configuredBy applies the library's default, then the options in their order, then `-ssl_config`, then a protocol
 * flag.
 * @throws {Stop}
 */
export function configuredBy(
  { options, given, configuration: steps }: Parsed,
  library: LibraryConfiguration,
  output: Output,
): Configured {
  const system = applySystemDefault(library, defaultConfiguration());
  const byOptions = { ...system, configuration: configure(steps, system.configuration) };
  const name = options.ssl_config;
  const named = name === undefined ? byOptions : applyNamed(name, library, byOptions, securityWatcher(options, output));
  const { configuration } = named;
  const restrictions = suiteBRestrictions(configuration.suiteB);
  return { ...named, configuration: { ...configuration, ...restrictions, ...oneVersion(given) } };
}

/**
 * oneVersion sets both bounds by a protocol flag, which wins over the configuration. Datagrams have bounds of their
 * own.
 */
function oneVersion(given: Parsed['given']): Partial<Configuration> {
  const flag = protocolFlag(given);
  return typeof flag !== 'number' || isDtls(flag) ? {} : { minVersion: flag, maxVersion: flag };
}
