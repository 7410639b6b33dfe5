import type { Settings } from '../../handshake/flow/settings.ts';
import { protocolNamed } from '../../handshake/policy/protocol-bounds.ts';
import { isDtls, Version } from '../../names/versions.ts';
import { TlsError } from '../sockets/tls-error.ts';

export type ProtocolVersion = 'SSLv3' | 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

export interface ProtocolOptions {
  /** `TLSv1.2` unless given. Versions below need a `securityLevel` of 0 with most clients; SSL 3.0 always does. */
  readonly minVersion?: ProtocolVersion | undefined;
  /** `TLSv1.3` unless given. */
  readonly maxVersion?: ProtocolVersion | undefined;
  /** The older form of both, such as `TLSv1_2_method`; excludes them. */
  readonly secureProtocol?: string | undefined;
}

/** @throws {TlsError} for an unknown version or method, and for a contradiction */
export function versionBounds(options: ProtocolOptions): Pick<Settings, 'minVersion' | 'maxVersion'> {
  const { minVersion, maxVersion, secureProtocol } = options;
  if (secureProtocol === undefined) {
    return { minVersion: versionFrom(minVersion ?? 'TLSv1.2'), maxVersion: versionFrom(maxVersion ?? 'TLSv1.3') };
  }
  if (minVersion !== undefined || maxVersion !== undefined) {
    const message = 'secureProtocol goes with neither minVersion nor maxVersion';
    throw new TlsError('ERR_TLS_PROTOCOL_VERSION_CONFLICT', message);
  }
  const method = methods.get(secureProtocol.replace(/_(?:server_)?method$/, '_'));
  if (method === undefined || !/_method$/.test(secureProtocol)) {
    throw new TlsError('ERR_TLS_INVALID_PROTOCOL_METHOD', `Unknown method: ${secureProtocol}`);
  }
  return method;
}

function versionFrom(word: ProtocolVersion): number {
  const version = protocolNamed(word);
  if (version !== undefined && version !== 0 && !isDtls(version)) return version;
  throw new TlsError('ERR_TLS_INVALID_PROTOCOL_VERSION', `'${word}' is not a valid TLS protocol version`);
}

type Bounds = ReturnType<typeof versionBounds>;

/** The flexible method does not speak TLS 1.3, as in `node:tls`. */
const methods: ReadonlyMap<string, Bounds> = new Map([
  ['TLS_', { minVersion: Version.TLSv1, maxVersion: Version['TLSv1.3'] }],
  ['SSLv23_', { minVersion: Version.TLSv1, maxVersion: Version['TLSv1.2'] }],
  ['TLSv1_', { minVersion: Version.TLSv1, maxVersion: Version.TLSv1 }],
  ['TLSv1_1_', { minVersion: Version['TLSv1.1'], maxVersion: Version['TLSv1.1'] }],
  ['TLSv1_2_', { minVersion: Version['TLSv1.2'], maxVersion: Version['TLSv1.2'] }],
]);
