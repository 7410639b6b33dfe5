import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { baseConfiguration } from '../../handshake/policy/base-settings.ts';
import { ListFailure } from '../../handshake/policy/list-failure.ts';
import { Version } from '../../names/versions.ts';
import { Stop } from '../output/stop.ts';

/** Configuration is the part of the settings that options of the configuration module (SSL_CONF_cmd) set. */
export type Configuration = Pick<
  Settings,
  | 'minVersion'
  | 'maxVersion'
  | 'securityLevel'
  | 'cipherSuites'
  | 'suiteB'
  | 'cipherSuites13'
  | 'serverPreference'
  | 'prioritizeChacha'
  | 'groups'
  | 'groupTuples'
  | 'hybridGroups'
  | 'signatureAlgorithms'
  | 'strictCertificates'
  | 'tickets'
  | 'ticketCount'
  | 'recordPadding'
  | 'handshakePadding'
  | 'middleboxCompatibility'
  | 'toleratesBroken'
  | 'renegotiation'
  | 'legacyRenegotiation'
  | 'resumesOnRenegotiation'
  | 'emptyFragments'
  | 'encryptThenMac'
  | 'extendedMasterSecret'
  | 'compression'
  | 'clientSignatureAlgorithms'
  | 'pskOnly'
> & {
  readonly disabledVersions: ReadonlySet<number>;
  readonly antiReplay: boolean;
  readonly prefersPskOnly: boolean;
  readonly datagramBounds: DatagramBounds;
};

/** DatagramBounds are the lowest and highest version on datagrams, as the TLS versions that they were made from. */
export type DatagramBounds = Pick<Settings, 'minVersion' | 'maxVersion'>;

/**
 * Command is a command of SSL_CONF_cmd(3): it returns its changes; undefined for a value refused without a reason.
 * @throws {ListFailure} with the reason
 */
export type Command = (value: string, current: Configuration) => Partial<Configuration> | undefined;

/** ConfigurationStep is a command with its option's name and dash. Switches have no value. */
export interface ConfigurationStep {
  readonly flag: string;
  readonly value?: string;
  readonly command: Command;
}

/** configure applies the options in their order. @throws {Stop} for the first refused one */
export function configure(steps: readonly ConfigurationStep[], start = defaultConfiguration()): Configuration {
  return steps.reduce(apply, start);
}

function apply(current: Configuration, { flag, value, command }: ConfigurationStep): Configuration {
  try {
    const changes = command(value ?? '', current);
    if (changes !== undefined) return { ...current, ...changes };
  } catch (error) {
    if (!(error instanceof ListFailure)) throw error;
    throw new Stop(refusal(flag, value) + errorLines(error.lines));
  }
  throw new Stop(refusal(flag, value));
}

function refusal(flag: string, value: string | undefined): string {
  return `Call to SSL_CONF_cmd(${flag}, ${value ?? '<NULL>'}) failed\n`;
}

/** defaultConfiguration has the defaults of Debian 12's OpenSSL 3.0. */
export function defaultConfiguration(): Configuration {
  return { ...baseConfiguration(), antiReplay: true, prefersPskOnly: false, datagramBounds };
}

/** Bounds on datagrams unless an option names one. */
export const datagramBounds: DatagramBounds = { minVersion: Version['DTLSv0.9'], maxVersion: Version['TLSv1.2'] };
