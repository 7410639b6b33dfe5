import { randomBytes } from '../../crypto/random.ts';
import { compressAhead } from '../../handshake/certificate-compression.ts';
import { suiteBRestrictions } from '../../handshake/policy/suite-b.ts';
import type { Settings } from '../../handshake/settings.ts';
import { CookieKeys } from '../../handshake/stateless-cookie.ts';
import { isDtls } from '../../names/versions.ts';
import { MemorySessionStore } from '../../sessions/memory-session-store.ts';
import { Statistics } from '../../sessions/statistics.ts';
import { TicketKeys } from '../../sessions/ticket-keys.ts';
import type { Credential } from '../../x509/credential.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import type { Parsed } from '../command-line/parse.ts';
import { protocolFlag } from '../command-line/protocol-flag.ts';
import { type Configuration, configure, defaultConfiguration } from '../configuration/configuration.ts';
import { applyNamed, applySystemDefault } from '../configuration-file/configuration-file.ts';
import type { Configured } from '../configuration-file/configuration-file-commands.ts';
import type { LibraryConfiguration } from '../configuration-file/library-configuration.ts';
import { secondTemporaryDh, temporaryDh } from '../credentials/dhparam.ts';
import { echSettings } from '../credentials/ech-settings.ts';
import { extendedCredential, loadExtended } from '../credentials/extended-certificates.ts';
import {
  hasNoCertificate,
  type Identity,
  installed,
  loadAlternative,
  loadIdentity,
  loading,
  loadSecondIdentity,
  passwords,
  withCredential,
  withIssuers,
} from '../credentials/identities.ts';
import type { LoadedFiles } from '../credentials/secret-file-names.ts';
import { loadServerInfo } from '../credentials/server-info-file.ts';
import { sharedSecrets } from '../credentials/shared-secrets.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { clientAuthentication, revocationLists } from '../trust/client-authentication.ts';
import { trustStores } from '../trust/trust-stores.ts';
import { securityWatcher } from '../watchers/security-watcher.ts';
import { datagramSettings, srtpProfileList } from './datagrams.ts';
import { earlyDataSettings } from './early-data-settings.ts';
import { fragmentLimits, recordSizeLimit } from './fragment-limits.ts';
import { protocolList } from './protocol-list.ts';

export interface Context {
  readonly settings: Settings;
  /** The certificate that was made because there was none. */
  readonly selfMade: Identity | undefined;
  /** The files of `-ssl_config`. */
  readonly loaded: LoadedFiles | undefined;
  /** Options that would do what a configuration file asks for. */
  readonly needs: readonly string[];
}

/**
 * The settings that the options ask for. Loads and checks in the reference's order, which decides what is told first
 * when several things are wrong, and prints what the reference prints on the way.
 * @throws {Stop}
 */
export async function settingsFrom(parsed: Parsed, library: LibraryConfiguration, output: Output): Promise<Context> {
  const { options } = parsed;
  const { first: pass, second: alternativePass } = passwords(options);
  const extended = loadExtended(parsed.given);
  const selfMade = hasNoIdentity(options) ? await madeIdentity() : undefined;
  const identity = selfMade ?? (options.nocert === undefined ? loadIdentity(options, pass) : undefined);
  const hasSecond = options.servername !== undefined && options.nocert === undefined;
  const second = hasSecond ? loadSecondIdentity(options, pass) : undefined;
  const nextProtocols = options.nextprotoneg === undefined ? undefined : protocolList(options.nextprotoneg);
  const alpn = options.alpn === undefined ? [] : protocolList(options.alpn);
  const crls = revocationLists(options);
  const alternative = loadAlternative(options, alternativePass);
  const configured = configuredBy(parsed, library, output);
  const { configuration } = configured;
  const { securityLevel } = configuration;
  const asking = { tell: securityWatcher(options, output), settings: configuration };
  if (options.id_prefix !== undefined) tellIdPrefix(options.id_prefix, output);
  const maxSendFragment = fragmentLimits(options);
  const srtp = srtpProfileList(options);
  const withoutNames = configured.needs.includes('no_ca_names');
  const stores = trustStores(
    withoutNames ? { ...options, no_ca_names: true } : options,
    process.env,
    configured.places,
  );
  const ech = echSettings(options, output);
  if (second !== undefined) {
    output.out('Setting secondary ctx parameters\n');
    if (options.id_prefix !== undefined) tellIdPrefix(options.id_prefix, output);
  }
  const dh: Settings['temporaryDh'] = options.no_dhe
    ? (configured.dhParameters ?? 'none')
    : temporaryDh(options, asking, output);
  const secondDh = second && !options.no_dhe ? secondTemporaryDh(options, asking, output) : undefined;
  const statistics = new Statistics();
  const install = (it: Identity) => installed(it, asking, options.build_chain ? stores.chain : undefined);
  const complete = (it: Credential) => withIssuers(it, stores.chain);
  const first = [identity].filter((it) => it !== undefined).map(install);
  const serverInfo = serverInfoOf(options, first[0]) ?? configured.serverInfo;
  const secondCredentials = second === undefined ? undefined : [install(second)].map(complete);
  const others = [alternative].filter((it) => it !== undefined).map(install);
  const credentials = [...first, ...others].reduce(withCredential, configured.credentials).map(complete);
  const settings: Settings = {
    ...configuration,
    credentials,
    extendedCredentials: extended.map((it) => extendedCredential(it, securityLevel, stores.chain)),
    temporaryDh: dh,
    maxSendFragment,
    ...datagramSettings(parsed, configuration),
    ...(srtp && { srtpProfiles: srtp }),
    alpn,
    nextProtocols,
    ...sharedSecrets(options, output),
    compressesCertificates: options.cert_comp === true && options.no_tx_cert_comp !== true,
    takesCompressedCertificates: takesCompressedCertificates(options),
    rawPublicKey: options.enable_server_rpk === true,
    earlyData: earlyDataSettings(options, configuration),
    ...(ech && { ech }),
    ...(await statusSettings(parsed, stores.locations)),
    serverInfo,
    clientAuthentication: clientAuthentication(parsed, stores, crls, output),
    ...(options.record_size_limit !== undefined && { recordSizeLimit: recordSizeLimit(options.record_size_limit) }),
    ...(options.stateless && { cookieKeys: new CookieKeys(randomBytes) }),
    sessionIdContext: options.context === undefined ? defaultSessionIdContext : Buffer.from(options.context),
    ignoreUnexpectedEof: options.ignore_unexpected_eof === true,
    ticketKeys: new TicketKeys(randomBytes),
    sessions: new MemorySessionStore({ capacity: cacheSize(options), now: epochSeconds, statistics }),
    sessionCache: options.no_cache ? 'off' : options.ext_cache ? 'external' : 'internal',
    sessionIdPrefix: Buffer.from(options.id_prefix ?? ''),
    resumesEphemeral: options.no_resume_ephemeral !== true,
    sessionTimeout: 7200,
    statistics,
  };
  if (options.cert_comp) tellCompression(compressAhead([...credentials, ...(secondCredentials ?? [])]), output);
  const { needs, loaded } = configured;
  if (options.servername === undefined || secondCredentials === undefined) return { settings, needs, selfMade, loaded };
  const ofSecond = { credentials: secondCredentials, temporaryDh: secondDh ?? dh };
  return {
    settings: { ...settings, serverName: secondContext(settings, ofSecond, options.servername, options) },
    needs,
    selfMade,
    loaded,
  };
}

/** Needs much that few servers have use for. */
async function statusSettings({ options, given }: Parsed, trust: TrustStore): Promise<Pick<Settings, 'ocsp'>> {
  if (!given.some(({ name }) => name.startsWith('status'))) return {};
  const { certificateStatus } = await import('../credentials/stapled-status.ts');
  return certificateStatus(options, given, trust, process.env);
}

/** It goes with the first certificate. @throws {Stop} */
function serverInfoOf({ serverinfo: file }: Options, credential: Credential | undefined): Settings['serverInfo'] {
  return file === undefined ? undefined : loading(() => loadServerInfo(file, credential?.keyType));
}

/** The reference goes on without it. */
function tellCompression(done: boolean, output: Output): void {
  output.out(`Compressing certificates\n${done ? '' : 'Error compressing certs on ctx\n'}`);
}

/** As in the reference, the list of ALPN protocols stays with the first context. */
function secondContext(
  settings: Settings,
  own: Pick<Settings, 'credentials' | 'temporaryDh'>,
  name: string,
  options: Options,
): NonNullable<Settings['serverName']> {
  const fatal = options.servername_fatal === true;
  return {
    name,
    fatal,
    settings: {
      ...settings,
      ...own,
      alpn: [],
      nextProtocols: undefined,
      serverInfo: undefined,
      statistics: new Statistics(),
    },
  };
}

/** The library's own size, unless the program sets one because it keeps the cache itself. */
export function cacheSize(options: Options): number {
  return options.no_cache || options.ext_cache ? 20480 : 128;
}

function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** The number 1 as the reference's machine lays it out in memory. */
const defaultSessionIdContext = Uint8Array.of(1, 0, 0, 0);

function hasNoIdentity(options: Options): boolean {
  return options.nocert === undefined && hasNoCertificate(options);
}

async function madeIdentity(): Promise<Identity> {
  const { selfMadeIdentity } = await import('../credentials/self-made-identity.ts');
  return selfMadeIdentity();
}

/** The library's default, then the options in their order, then `-ssl_config`, then a protocol flag. */
function configuredBy(
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

/** A protocol flag sets both bounds, and wins over the configuration. Those of datagrams have bounds of their own. */
function oneVersion(given: Parsed['given']): Partial<Configuration> {
  const flag = protocolFlag(given);
  return typeof flag !== 'number' || isDtls(flag) ? {} : { minVersion: flag, maxVersion: flag };
}

/** Newer than the reference of our texts, so only where one of its options is given. */
function takesCompressedCertificates(options: Options): boolean {
  return (options.cert_comp === true || options.no_tx_cert_comp === true) && options.no_rx_cert_comp !== true;
}

function tellIdPrefix(prefix: string, output: Output): void {
  if (Buffer.byteLength(prefix) >= 32) {
    output.err('warning: id_prefix is too long, only one new session will be possible\n');
  }
  output.err(`id_prefix '${prefix}' set.\n`);
}
