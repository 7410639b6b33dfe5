import { errorLines } from '../../diagnostics/error-lines.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { baseConfiguration } from '../../handshake/policy/base-settings.ts';
import { ListFailure } from '../../handshake/policy/list-failure.ts';
import { Version } from '../../names/versions.ts';
import { Stop } from '../output/stop.ts';

/** The part of the settings that options of the configuration module (SSL_CONF_cmd) decide. */
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

/** The lowest and highest version on datagrams, by those of TLS that they were made from. */
export type DatagramBounds = Pick<Settings, 'minVersion' | 'maxVersion'>;

/**
 * A command of SSL_CONF_cmd(3): its changes; undefined where it refuses its value without a reason.
 * @throws {ListFailure} with the reason
 */
export type Command = (value: string, current: Configuration) => Partial<Configuration> | undefined;

/** A command with its option's name and dash. Switches have no value. */
export interface ConfigurationStep {
  readonly flag: string;
  readonly value?: string;
  readonly command: Command;
}

/**
 * Applies the options in their order.
 * @throws {Stop} at the first one that is refused
 */
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

/** The defaults of Debian 12's OpenSSL 3.0. */
export function defaultConfiguration(): Configuration {
  return { ...baseConfiguration(), antiReplay: true, prefersPskOnly: false, datagramBounds };
}

/** The bounds on datagrams where no option names one. */
export const datagramBounds: DatagramBounds = { minVersion: Version['DTLSv0.9'], maxVersion: Version['TLSv1.2'] };
