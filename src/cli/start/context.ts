import { randomBytes } from '../../crypto/primitives/random.ts';
import { compressAhead } from '../../handshake/certificates/certificate-compression.ts';
import type { Settings } from '../../handshake/flow/settings.ts';
import { CookieKeys } from '../../handshake/flow/stateless-cookie.ts';
import { baseSettings } from '../../handshake/policy/base-settings.ts';
import { Statistics } from '../../sessions/statistics.ts';
import type { Crl } from '../../x509/certificates/crl.ts';
import type { Credential } from '../../x509/files/credential.ts';
import type { TrustStore } from '../../x509/verify/run.ts';
import type { Parsed } from '../command-line/parse.ts';
import type { Configured } from '../configuration-file/configuration-file-commands.ts';
import type { LibraryConfiguration } from '../configuration-file/library-configuration.ts';
import { secondTemporaryDh, temporaryDh } from '../credentials/dhparam.ts';
import { echSettings } from '../credentials/ech-settings.ts';
import { type Identity, loadAlternative, passwords } from '../credentials/identities.ts';
import type { LoadedFiles } from '../credentials/secret-file-names.ts';
import { sharedSecrets } from '../credentials/shared-secrets.ts';
import type { Minting } from '../identity/minting.ts';
import type { Options } from '../options/index.ts';
import type { Output } from '../output/output.ts';
import { clientAuthentication, revocationLists } from '../trust/client-authentication.ts';
import { type TrustStores, trustStores } from '../trust/trust-stores.ts';
import { securityWatcher } from '../watchers/security-watcher.ts';
import { completing, credentialsIn } from './completed-settings.ts';
import { configuredBy } from './configured-by.ts';
import { datagramSettings, srtpProfileList } from './datagrams.ts';
import { earlyDataSettings } from './early-data-settings.ts';
import { fragmentLimits, limitOfRecordSize } from './fragment-limits.ts';
import { installOwn, loadOwn, type OwnCertificates, type OwnIdentities } from './own-certificates.ts';
import { protocolList } from './protocol-list.ts';
import { cacheSize, reportIdPrefix, sessionSettings } from './session-settings.ts';

export interface Context {
  /** The settings after all checks. */
  readonly settings: Settings;
  /** Settings for connections: the engine reads no files then (completed-settings.ts). */
  completed(): Settings;
  /** The certificate that was generated because there was none. */
  readonly selfMade: Identity | undefined;
  /** With `-mint`: the certificates that are made when clients ask. */
  readonly minting: Minting | undefined;
  /** Files named in the configuration of `-ssl_config`. */
  readonly loaded: LoadedFiles | undefined;
  /** Options that a configuration file's commands stand for. */
  readonly needs: readonly string[];
}

/**
 * settingsFrom makes the settings. It loads and checks in the reference's order, which decides which of several errors
 * is reported, and prints what the reference prints meanwhile.
 * @throws {Stop}
 */
export async function settingsFrom(parsed: Parsed, library: LibraryConfiguration, output: Output): Promise<Context> {
  const { options } = parsed;
  const { first: pass, second: alternativePass } = passwords(options);
  const identities = await loadOwn(parsed, pass);
  const protocols = applicationProtocols(options);
  const crls = revocationLists(options);
  const alternative = loadAlternative(options, alternativePass);
  const configured = configuredBy(parsed, library, output);
  const asking = { tell: securityWatcher(options, output), settings: configured.configuration };
  reportIdPrefix(options, output);
  const wire = wireSettings(parsed, configured);
  const stores = storesFor(options, configured);
  const ech = echSettings(options, output);
  if (identities.second !== undefined) reportSecond(options, output);
  const dh: Settings['temporaryDh'] = options.no_dhe
    ? (configured.dhParameters ?? 'none')
    : temporaryDh(options, asking, output);
  const secondDh = identities.second && !options.no_dhe ? secondTemporaryDh(options, asking, output) : undefined;
  const own = installOwn({ ...identities, options, alternative, configured, stores, asking });
  const settings: Settings = {
    ...baseSettings({ cacheSize: cacheSize(options) }),
    ...configured.configuration,
    ...certificateSettings(options, own),
    temporaryDh: dh,
    ...wire,
    ...protocols,
    ...(ech && { ech }),
    ...sessionSettings(options),
    ...(await peerSettings(parsed, configured, { stores, crls, output })),
  };
  const ofSecond = own.second && { credentials: own.second, temporaryDh: secondDh ?? dh };
  const all = ofSecond ? { ...settings, ...secondContext(settings, ofSecond, options) } : settings;
  const named = await namedSettings(all, identities);
  const completed = completing(named, stores.chain);
  if (options.cert_comp) reportCompression(compressAhead(credentialsIn(completed())), output);
  const { selfMade, minting } = identities;
  const { needs, loaded } = configured;
  return { settings: named, completed, needs, selfMade, minting, loaded };
}

async function namedSettings(settings: Settings, { minting }: OwnIdentities): Promise<Settings> {
  return minting === undefined ? settings : (await import('../identity/minting.ts')).withMinted(settings, minting);
}

/** @throws {Stop} */
function applicationProtocols({ nextprotoneg, alpn }: Options): Pick<Settings, 'alpn' | 'nextProtocols'> {
  const nextProtocols = nextprotoneg === undefined ? undefined : protocolList(nextprotoneg);
  return { nextProtocols, alpn: alpn === undefined ? [] : protocolList(alpn) };
}

/** wireSettings returns the sizes of records and datagrams, and related settings. @throws {Stop} */
function wireSettings(parsed: Parsed, { configuration }: Configured): Partial<Settings> {
  const { options } = parsed;
  const maxSendFragment = fragmentLimits(options);
  const srtp = srtpProfileList(options);
  return {
    maxSendFragment,
    ...datagramSettings(parsed, configuration),
    ...(srtp && { srtpProfiles: srtp }),
    ...(options.stateless && { cookieKeys: new CookieKeys(randomBytes) }),
    ignoreUnexpectedEof: options.ignore_unexpected_eof === true,
  };
}

/** @throws {Stop} */
function storesFor(options: Options, { needs, places }: Configured): TrustStores {
  const withoutNames = needs.includes('no_ca_names');
  return trustStores(withoutNames ? { ...options, no_ca_names: true } : options, process.env, places);
}

function reportSecond(options: Options, output: Output): void {
  output.out('Setting secondary ctx parameters\n');
  reportIdPrefix(options, output);
}

function certificateSettings(
  options: Options,
  { credentials, extendedCredentials, serverInfo }: OwnCertificates,
): Partial<Settings> {
  return {
    credentials,
    ...(extendedCredentials && { extendedCredentials }),
    serverInfo,
    compressesCertificates: options.cert_comp === true && options.no_tx_cert_comp !== true,
    takesCompressedCertificates: takesCompressedCertificates(options),
    rawPublicKey: options.enable_server_rpk === true,
  };
}

interface PeerSources {
  readonly stores: TrustStores;
  readonly crls: readonly Crl[];
  readonly output: Output;
}

/** peerSettings returns the requirements on clients and the settings besides our certificate. @throws {Stop} */
async function peerSettings(
  parsed: Parsed,
  { configuration }: Configured,
  { stores, crls, output }: PeerSources,
): Promise<Partial<Settings>> {
  const { options } = parsed;
  return {
    ...sharedSecrets(parsed, output),
    earlyData: earlyDataSettings(options, configuration),
    ...(await statusSettings(parsed, stores.locations)),
    clientAuthentication: clientAuthentication(parsed, stores, crls, output),
    ...(options.record_size_limit !== undefined && { recordSizeLimit: limitOfRecordSize(options.record_size_limit) }),
  };
}

/** statusSettings loads its code on demand: few servers use it. */
async function statusSettings({ options, given }: Parsed, trust: TrustStore): Promise<Pick<Settings, 'ocsp'>> {
  if (!given.some(({ name }) => name.startsWith('status'))) return {};
  const { certificateStatus } = await import('../credentials/stapled-status.ts');
  return certificateStatus(options, given, trust, process.env);
}

/** reportCompression reports a failure, after which the start goes on as in the reference. */
function reportCompression(done: boolean, output: Output): void {
  output.out(`Compressing certificates\n${done ? '' : 'Error compressing certs on ctx\n'}`);
}

/** secondContext leaves the list of ALPN protocols to the first context, as the reference does. */
function secondContext(
  settings: Settings,
  own: { readonly credentials: readonly Credential[]; readonly temporaryDh: Settings['temporaryDh'] },
  { servername: name, servername_fatal }: Options,
): Pick<Settings, 'serverName'> {
  if (name === undefined) return {};
  const fatal = servername_fatal === true;
  const without = { alpn: [], nextProtocols: undefined, serverInfo: undefined };
  return {
    serverName: { name, fatal, settings: { ...settings, ...own, ...without, statistics: new Statistics() } },
  };
}

/** takesCompressedCertificates requires an option: the extension is newer than the reference release for the output. */
function takesCompressedCertificates(options: Options): boolean {
  return (options.cert_comp === true || options.no_tx_cert_comp === true) && options.no_rx_cert_comp !== true;
}
