import { randomBytes } from '../crypto/primitives/random.ts';
import { leastMtu, longestConnectionId } from '../handshake/carriers/datagram-room.ts';
import type { DatagramSettings, Settings } from '../handshake/flow/settings.ts';
import { CookieKeys } from '../handshake/flow/stateless-cookie.ts';
import { protocolNamed } from '../handshake/policy/protocol-bounds.ts';
import { srtpProfiles } from '../names/srtp-profiles.ts';
import { tlsVersionOf, Version } from '../names/versions.ts';
import { integerFrom } from './options/option-value.ts';
import type { ServerOptions } from './server-options.ts';
import { TlsError } from './sockets/tls-error.ts';

export type DatagramVersion = 'DTLSv1' | 'DTLSv1.2';

type OfStreams =
  | 'datagrams'
  | 'minVersion'
  | 'maxVersion'
  | 'secureProtocol'
  | 'allowHalfOpen'
  | 'highWaterMark'
  | 'noDelay'
  | 'keepAlive'
  | 'keepAliveInitialDelay'
  | 'ignoreUnexpectedEof'
  | 'earlyData'
  | 'earlyDataAgeTolerance'
  | 'maxEarlyData'
  | 'antiReplay'
  | 'stateless'
  | 'recordPadding'
  | 'middleboxCompatibility'
  | 'ticketCount'
  | 'trustAnchors'
  | 'echKeys';

/** Options of `createServer` for DTLS: those of a stream server without the ones that make no sense on datagrams. */
export interface DatagramServerOptions extends Omit<ServerOptions, OfStreams> {
  readonly datagrams: true;
  /** `DTLSv1.2` unless given. `DTLSv1` needs a `securityLevel` of 0 with most clients. */
  readonly minVersion?: DatagramVersion | undefined;
  /** `DTLSv1.2` unless given. */
  readonly maxVersion?: DatagramVersion | undefined;
  /** Maximum size of a handshake datagram in bytes, IP and UDP headers included: 1400 unless given, 256 at least. */
  readonly mtu?: number | undefined;
  /** Maximum number of peers at once: 10000 unless given. Others get no answer until one of them has gone. */
  readonly maxPeers?: number | undefined;
  /**
   * Milliseconds without a datagram in either direction after which a peer is dropped: an hour unless given; 0: never.
   */
  readonly idleTimeout?: number | undefined;
  /**
   * Length of our connection ids (RFC 9146) in bytes, 0 to 20, for DTLS 1.2 clients that offer the extension; the id finds a
   * client whose address changes. With 0 only the client's ids are used. No ids are used unless given.
   */
  readonly connectionId?: number | undefined;
  /**
   * Milliseconds until a flight of the handshake is sent again for the first time; each repetition doubles them. 1000 unless
   * given (RFC 6347 section 4.2.4.1); for networks of slow devices 9000 (RFC 7925 section 11).
   */
  readonly initialTimeout?: number | undefined;
  /** SRTP protection profiles (RFC 5764) in our order of preference, by OpenSSL's names. */
  readonly srtpProfiles?: readonly string[] | undefined;
}

export type DatagramContextOptions = Omit<DatagramServerOptions, 'datagrams'>;

/**
 * datagramsFrom makes the settings of the datagrams themselves; the cookie keys live as long as the server.
 * @throws {TlsError}
 */
export function datagramsFrom({
  mtu,
  connectionId,
  initialTimeout,
}: Pick<DatagramServerOptions, 'mtu' | 'connectionId' | 'initialTimeout'>): DatagramSettings {
  return {
    ...(connectionId !== undefined && { connectionIdLength: connectionIdLengthFrom(connectionId) }),
    mtu: integerFrom('mtu', mtu, { otherwise: 1400, min: leastMtu, max: 65535 }),
    initialTimeout: integerFrom('initialTimeout', initialTimeout, { otherwise: 1000, min: 10, max: 60_000 }),
    listens: false,
    cookieKeys: new CookieKeys(randomBytes),
  };
}

function connectionIdLengthFrom(connectionId: number): number {
  return integerFrom('connectionId', connectionId, { otherwise: 0, max: longestConnectionId });
}

/** @throws {TlsError} */
export function maxPeersFrom({ maxPeers }: Pick<DatagramServerOptions, 'maxPeers'>): number {
  return integerFrom('maxPeers', maxPeers, { otherwise: 10_000, min: 1, max: 1_000_000 });
}

/**
 * datagramVersions returns internal versions: the TLS versions that the versions of DTLS were made from.
 * @throws {TlsError}
 */
export function datagramVersions(
  { minVersion = 'DTLSv1.2', maxVersion = 'DTLSv1.2' }: Pick<DatagramServerOptions, 'minVersion' | 'maxVersion'>,
  disabled: ReadonlySet<number>,
): Pick<Settings, 'minVersion' | 'maxVersion' | 'disabledVersions'> {
  return {
    minVersion: versionFrom(minVersion),
    maxVersion: versionFrom(maxVersion),
    disabledVersions: disabledOnDatagrams(disabled),
  };
}

/** OpenSSL has one switch for TLS 1.0 and DTLS 1.0, and one for TLS 1.2 and DTLS 1.2. */
export function disabledOnDatagrams(disabled: ReadonlySet<number>): ReadonlySet<number> {
  const versions = new Set<number>();
  if (disabled.has(Version.TLSv1)) versions.add(Version['TLSv1.1']);
  if (disabled.has(Version['TLSv1.2'])) versions.add(Version['TLSv1.2']);
  return versions;
}

/** srtpFrom returns code points in the order of the names. @throws {TlsError} for an unknown or repeated name */
export function srtpFrom({ srtpProfiles: names }: Pick<DatagramServerOptions, 'srtpProfiles'>): Partial<Settings> {
  if (names === undefined) return {};
  const codes = names.map((name) => srtpProfiles.find((it) => it.name === name)?.code);
  const known = codes.filter((code) => code !== undefined);
  if (new Set(known).size === names.length) return { srtpProfiles: known };
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'srtpProfiles: not a list of different profiles of OpenSSL');
}

function versionFrom(word: DatagramVersion): number {
  if (word !== 'DTLSv1' && word !== 'DTLSv1.2') {
    throw new TlsError('ERR_TLS_INVALID_PROTOCOL_VERSION', `'${word}' is not a valid DTLS protocol version`);
  }
  return tlsVersionOf(protocolNamed(word) ?? Version['DTLSv1.2']);
}
