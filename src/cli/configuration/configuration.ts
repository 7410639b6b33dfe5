import { errorLines } from '../../diagnostics/error-lines.ts';
import { applyCipherList } from '../../handshake/policy/cipher-list.ts';
import { applyCiphersuites, defaultCiphersuites } from '../../handshake/policy/ciphersuites.ts';
import { applyGroups, applyNamedCurve } from '../../handshake/policy/group-list.ts';
import { ListFailure } from '../../handshake/policy/list-failure.ts';
import { protocolNamed } from '../../handshake/policy/protocol-bounds.ts';
import { applySignatureAlgorithms } from '../../handshake/policy/signature-algorithm-list.ts';
import type { Settings } from '../../handshake/settings.ts';
import { defaultGroups, group } from '../../names/groups.ts';
import { isDtls, tlsVersionOf, Version } from '../../names/versions.ts';
import type { ConfigurationPair } from '../command-line/parse.ts';
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
 * Applies the options in their order.
 * @throws {Stop} at the first one that is refused
 */
export function configure(pairs: readonly ConfigurationPair[], start = defaultConfiguration()): Configuration {
  return pairs.reduce(apply, start);
}

/**
 * Applies one flag; undefined where it refuses its value without a reason.
 * @throws {ListFailure} with the reason
 */
export function configured(flag: string, value: string, current: Configuration): Configuration | undefined {
  const changes = commands.get(flag)?.(value, current);
  return changes && { ...current, ...changes };
}

/** The flags that `configure` knows. */
export function isConfigurationFlag(flag: string): boolean {
  return commands.has(flag);
}

/** What a flag changes; undefined where it refuses its value without a reason. */
type Command = (value: string, current: Configuration) => Partial<Configuration> | undefined;

function apply(current: Configuration, { flag, value }: ConfigurationPair): Configuration {
  try {
    const changed = configured(flag, value ?? '', current);
    if (changed !== undefined) return changed;
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
  const { suites, level } = applyCipherList('DEFAULT', { level: 2 });
  return {
    minVersion: Version.TLSv1,
    maxVersion: Version['TLSv1.3'],
    disabledVersions: new Set(),
    securityLevel: level,
    cipherSuites: suites,
    cipherSuites13: defaultCiphersuites,
    serverPreference: false,
    prioritizeChacha: false,
    groups: defaultGroups.map(group).filter((it) => it !== undefined),
    signatureAlgorithms: undefined,
    strictCertificates: false,
    tickets: true,
    ticketCount: 2,
    recordPadding: 0,
    middleboxCompatibility: true,
    toleratesBroken: false,
    renegotiation: 'byServer',
    legacyRenegotiation: false,
    resumesOnRenegotiation: true,
    emptyFragments: true,
    encryptThenMac: true,
    extendedMasterSecret: true,
    compression: false,
    clientSignatureAlgorithms: undefined,
    pskOnly: 'never',
    antiReplay: true,
    prefersPskOnly: false,
    datagramBounds,
  };
}

const datagramBounds: DatagramBounds = { minVersion: Version['DTLSv0.9'], maxVersion: Version['TLSv1.2'] };

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['-no_ssl3', without(Version.SSLv3)],
  ['-no_tls1', without(Version.TLSv1)],
  ['-no_tls1_1', without(Version['TLSv1.1'])],
  ['-no_tls1_2', without(Version['TLSv1.2'])],
  ['-no_tls1_3', without(Version['TLSv1.3'])],
  ['-min_protocol', (word, current) => bound('minVersion', Version.TLSv1, word, current)],
  ['-max_protocol', (word, current) => bound('maxVersion', Version['TLSv1.3'], word, current)],
  [
    '-cipher',
    (text, { securityLevel, suiteB: before }) => {
      const { suites, level, suiteB } = applyCipherList(text, { level: securityLevel, suiteB: before });
      return { cipherSuites: suites, securityLevel: level, suiteB };
    },
  ],
  ['-ciphersuites', (text) => ({ cipherSuites13: applyCiphersuites(text) })],
  ['-groups', groupList],
  ['-curves', groupList],
  ['-named_curve', (text) => oneLevel(applyNamedCurve(text))],
  ['-sigalgs', (text) => ({ signatureAlgorithms: applySignatureAlgorithms(text) })],
  ['-client_sigalgs', (text) => ({ clientSignatureAlgorithms: applySignatureAlgorithms(text) })],
  ['-serverpref', () => ({ serverPreference: true })],
  ['-prioritize_chacha', () => ({ prioritizeChacha: true })],
  ['-strict', () => ({ strictCertificates: true })],
  ['-no_ticket', () => ({ tickets: false })],
  ['-num_tickets', (text) => within(0, 0x7fffffff, Number(text), (ticketCount) => ({ ticketCount }))],
  ['-record_padding', paddings],
  ['-no_middlebox', () => ({ middleboxCompatibility: false })],
  ['-debug_broken_protocol', () => ({ toleratesBroken: true })],
  ['-legacy_renegotiation', () => ({ legacyRenegotiation: true })],
  ['-client_renegotiation', () => ({ renegotiation: 'byEither' })],
  ['-no_renegotiation', () => ({ renegotiation: 'never' })],
  ['-no_resumption_on_reneg', () => ({ resumesOnRenegotiation: false })],
  ['-comp', () => ({ compression: true })],
  ['-no_comp', () => ({ compression: false })],
  // Preferring it means nothing until it is allowed, in either order.
  ['-allow_no_dhe_kex', (_, { prefersPskOnly }) => ({ pskOnly: prefersPskOnly ? 'preferred' : 'allowed' })],
  [
    '-prefer_no_dhe_kex',
    (_, { pskOnly }) => ({ prefersPskOnly: true, ...(pskOnly === 'allowed' && { pskOnly: 'preferred' as const }) }),
  ],
  ['-anti_replay', () => ({ antiReplay: true })],
  ['-no_anti_replay', () => ({ antiReplay: false })],
  ['-no_etm', () => ({ encryptThenMac: false })],
  ['-no_ems', () => ({ extendedMasterSecret: false })],
  ['-bugs', () => ({ emptyFragments: false })],
  // Read elsewhere, and known here so that what is refused is refused in the reference's order.
  ...['-no_tx_cert_comp', '-no_rx_cert_comp'].map((flag) => [flag, () => ({})] as const),
  ['-legacy_server_connect', refuse],
  ['-no_legacy_server_connect', refuse],
]);

function groupList(text: string): Partial<Configuration> {
  const { groups, tuples } = applyGroups(text);
  return { groups, groupTuples: tuples };
}

function oneLevel(groups: Settings['groups']): Partial<Configuration> {
  return { groups, groupTuples: [groups] };
}

/**
 * One number for all records, or from OpenSSL 3.4 on two: for those with application data, and for the others. Whatever
 * else follows the first number is passed over as by 3.0.
 */
function paddings(text: string): Partial<Configuration> | undefined {
  const first = Number.parseInt(text, 10) || 0;
  const second = Number(/^\s*\d+,(\d+)/.exec(text)?.[1] ?? first);
  return within(0, 16384, first, (recordPadding) =>
    within(0, 16384, second, (handshakePadding) => ({ recordPadding, handshakePadding })),
  );
}

/** A matter of clients, which the reference lists in its help and always refuses. */
function refuse(): undefined {
  return undefined;
}

function without(version: number): Command {
  return (_, { disabledVersions }) => ({ disabledVersions: new Set([...disabledVersions, version]) });
}

/** `None` takes the bound away. A bound of one kind of transport has no effect on the other. */
function bound(
  which: 'minVersion' | 'maxVersion',
  unbound: number,
  word: string,
  current: Configuration,
): Partial<Configuration> | undefined {
  const version = protocolNamed(word);
  if (version === undefined) return undefined;
  if (version !== 0 && !isDtls(version)) return { [which]: version };
  const limit = version === 0 ? datagramBounds[which] : tlsVersionOf(version);
  const ofDatagrams = { datagramBounds: { ...current.datagramBounds, [which]: limit } };
  return version === 0 ? { [which]: unbound, ...ofDatagrams } : ofDatagrams;
}

function within(
  least: number,
  most: number,
  value: number,
  change: (value: number) => Partial<Configuration> | undefined,
): Partial<Configuration> | undefined {
  return value >= least && value <= most ? change(value) : undefined;
}
