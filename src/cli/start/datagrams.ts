import { randomBytes } from '../../crypto/primitives/random.ts';
import { errorLines } from '../../diagnostics/error-queue-lines.ts';
import { longestConnectionId } from '../../handshake/carriers/datagram-room.ts';
import type { DatagramSettings, Settings } from '../../handshake/flow/settings.ts';
import { CookieKeys } from '../../handshake/flow/stateless-cookie.ts';
import { srtpProfiles } from '../../names/srtp-profiles.ts';
import { tlsVersionOf } from '../../names/versions.ts';
import { disabledOnDatagrams } from '../../server/datagram-options.ts';
import type { Parsed } from '../command-line/parse.ts';
import { overDatagrams, protocolFlag } from '../command-line/protocol-flag.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Options } from '../options/index.ts';
import { Stop } from '../output/stop.ts';
import { within } from './fragment-limits.ts';

/** datagramSettings returns the changes of `-dtls` and its variants; none without them. */
export function datagramSettings(
  { options, given }: Parsed,
  configuration: Configuration,
): Partial<Pick<Settings, 'datagrams' | 'minVersion' | 'maxVersion' | 'disabledVersions'>> {
  if (!overDatagrams(given)) return {};
  const datagrams: DatagramSettings = {
    mtu: options.mtu,
    listens: options.listen === true,
    cookieKeys: new CookieKeys(randomBytes),
    connectionIdLength: connectionIdLength(options),
  };
  const disabledVersions = disabledOnDatagrams(configuration.disabledVersions);
  return { datagrams, ...bounds(protocolFlag(given), configuration), disabledVersions };
}

/** srtpProfileList returns the code points of `-use_srtp`, in its order. @throws {Stop} */
export function srtpProfileList({ use_srtp: text }: Options): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const codes = text.split(':').map((name) => srtpProfiles.find((it) => it.name === name)?.code);
  const known = codes.filter((code) => code !== undefined);
  if (known.length < codes.length) throw refusal(unknownProfile, 'srtp unknown protection profile');
  if (new Set(known).size < known.length) throw refusal(badProfileList, 'bad srtp protection profile list');
  return known;
}

/** @throws {Stop} */
function connectionIdLength({ cid }: Options): number | undefined {
  within(0, longestConnectionId, 'Connection id length', cid);
  return cid;
}

/** bounds lets a flag for one version win over the configuration. */
function bounds(flag: ReturnType<typeof protocolFlag>, { datagramBounds }: Configuration) {
  if (typeof flag !== 'number') return datagramBounds;
  const only = tlsVersionOf(flag);
  return { minVersion: only, maxVersion: only };
}

const unknownProfile = 364;
const badProfileList = 353;

function refusal(reason: number, text: string): Stop {
  return new Stop(
    `Error setting SRTP profile\n${errorLines([{ library: 20, reason, text, function: 'ssl_ctx_make_profiles' }])}`,
  );
}
