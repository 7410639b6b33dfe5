import { randomBytes } from '../crypto/random.ts';
import type { Settings } from '../handshake/settings.ts';
import { Version } from '../names/versions.ts';
import type { ListenAddress } from '../server/listener.ts';
import { MemorySessionStore } from '../sessions/memory-session-store.ts';
import { Statistics } from '../sessions/statistics.ts';
import { TicketKeys } from '../sessions/ticket-keys.ts';
import { type Configuration, configure } from './configuration.ts';
import { hasNoCertificate, type Identity, installed, loadIdentity, password } from './credentials.ts';
import { fragmentLimits } from './fragment-limits.ts';
import type { Options } from './options/index.ts';
import type { Output } from './output.ts';
import type { Parsed } from './parse.ts';
import { protocolList } from './protocol-list.ts';

/**
 * The settings that the options ask for. Loads and checks in the reference's order, which decides what is told first
 * when several things are wrong, and prints what the reference prints on the way.
 * @throws {Stop}
 */
export async function settingsFrom(parsed: Parsed, address: ListenAddress, output: Output): Promise<Settings> {
  const { options } = parsed;
  const identity = await identityOf(options, password(options), address, output);
  if (options.nextprotoneg !== undefined) protocolList(options.nextprotoneg);
  const alpn = options.alpn === undefined ? [] : protocolList(options.alpn);
  const configuration = { ...configure(parsed.configuration), ...protocolFlag(options) };
  if (options.id_prefix !== undefined) tellIdPrefix(options.id_prefix, output);
  fragmentLimits(options);
  if (options.no_dhe === undefined) output.out('Using default temp DH parameters\n');
  const statistics = new Statistics();
  const credentials = identity === undefined ? [] : [installed(identity, configuration.securityLevel)];
  return {
    ...configuration,
    credentials,
    temporaryDh: options.no_dhe === undefined ? 'auto' : 'none',
    alpn,
    sessionIdContext: options.context === undefined ? defaultSessionIdContext : Buffer.from(options.context),
    ignoreUnexpectedEof: options.ignore_unexpected_eof === true,
    ticketKeys: new TicketKeys(randomBytes),
    sessions: new MemorySessionStore({ capacity: 128, now: () => Math.floor(Date.now() / 1000), statistics }),
    sessionTimeout: 7200,
    statistics,
  };
}

/** The number 1 as the reference's machine lays it out in memory. */
const defaultSessionIdContext = Uint8Array.of(1, 0, 0, 0);

async function identityOf(
  options: Options,
  pass: Uint8Array | undefined,
  address: ListenAddress,
  output: Output,
): Promise<Identity | undefined> {
  if (options.nocert !== undefined) return undefined;
  if (!hasNoCertificate(options)) return loadIdentity(options, pass);
  const { selfMadeIdentity } = await import('./self-made-identity.ts');
  return selfMadeIdentity(address, output);
}

/** A protocol flag sets both bounds, and wins over the configuration. */
function protocolFlag(options: Options): Partial<Configuration> {
  const flag = protocolFlags.find(([name]) => options[name] === true);
  return flag === undefined ? {} : { minVersion: flag[1], maxVersion: flag[1] };
}

const protocolFlags = [
  ['ssl3', Version.SSLv3],
  ['tls1', Version.TLSv1],
  ['tls1_1', Version['TLSv1.1']],
  ['tls1_2', Version['TLSv1.2']],
  ['tls1_3', Version['TLSv1.3']],
] as const;

function tellIdPrefix(prefix: string, output: Output): void {
  if (Buffer.byteLength(prefix) >= 32) {
    output.err('warning: id_prefix is too long, only one new session will be possible\n');
  }
  output.err(`id_prefix '${prefix}' set.\n`);
}
