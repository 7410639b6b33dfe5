import { nearestName } from '../names/nearest-name.ts';
import type { DatagramServerOptions } from './datagram-options.ts';
import { refusalOf } from './options/node-options.ts';
import type { SecureContextOptions } from './secure-context.ts';
import type { ServerOptions } from './server-options.ts';
import { TlsError } from './sockets/tls-error.ts';

const contextNames = {
  allowPartialTrustChain: true,
  antiReplay: true,
  ca: true,
  cert: true,
  ciphers: true,
  clientRawPublicKeys: true,
  crl: true,
  dhparam: true,
  earlyData: true,
  ecdhCurve: true,
  echKeys: true,
  groups: true,
  honorCipherOrder: true,
  ignoreUnexpectedEof: true,
  key: true,
  legacyRenegotiation: true,
  maxEarlyData: true,
  maxVersion: true,
  middleboxCompatibility: true,
  minVersion: true,
  passphrase: true,
  pfx: true,
  rawPublicKey: true,
  recordPadding: true,
  renegotiation: true,
  secureOptions: true,
  secureProtocol: true,
  securityLevel: true,
  sessionCacheSize: true,
  sessionIdContext: true,
  sessionTimeout: true,
  sigalgs: true,
  stateless: true,
  ticketCount: true,
  ticketKeys: true,
  ticketProtection: true,
  tickets: true,
  strict: true,
  toleratesBroken: true,
  trustAnchors: true,
} satisfies Readonly<Record<keyof SecureContextOptions, true>>;

const serverNames = {
  ...contextNames,
  ALPNCallback: true,
  ALPNProtocols: true,
  SNICallback: true,
  allowHalfOpen: true,
  capture: true,
  captureSecrets: true,
  certificateCallback: true,
  clientHelloCallback: true,
  datagrams: true,
  goodbyeSilence: true,
  goodbyeTimeout: true,
  facts: true,
  handshakeTimeout: true,
  highWaterMark: true,
  idleTimeout: true,
  keepAlive: true,
  keepAliveInitialDelay: true,
  noDelay: true,
  observer: true,
  pskCallback: true,
  pskIdentityHint: true,
  rejectUnauthorized: true,
  requestCert: true,
} satisfies Readonly<Record<keyof ServerOptions, true>>;

/** Options of streams, and of TLS 1.3, which has no datagrams here. */
type OnlyOnStreams = Exclude<keyof ServerOptions, keyof DatagramServerOptions>;

const onlyOnStreams = {
  allowHalfOpen: true,
  antiReplay: true,
  earlyData: true,
  echKeys: true,
  highWaterMark: true,
  ignoreUnexpectedEof: true,
  keepAlive: true,
  keepAliveInitialDelay: true,
  maxEarlyData: true,
  middleboxCompatibility: true,
  noDelay: true,
  recordPadding: true,
  secureProtocol: true,
  stateless: true,
  ticketCount: true,
  trustAnchors: true,
} satisfies Readonly<Record<OnlyOnStreams, true>>;

const onlyOnDatagrams = {
  connectionId: true,
  maxPeers: true,
  mtu: true,
  srtpProfiles: true,
} satisfies Readonly<Record<Exclude<keyof DatagramServerOptions, keyof ServerOptions>, true>>;

const ofStreams = Object.keys(serverNames);
const ofDatagrams = [...ofStreams.filter((it) => !Object.hasOwn(onlyOnStreams, it)), ...Object.keys(onlyOnDatagrams)];

/**
 * checkContextOptions lets no option be ignored silently: every one given exists and is not refused. An undefined
 * option counts as absent.
 * @throws {TlsError} ERR_SERVERHELLO_NOT_AVAILABLE for a refused option, ERR_SERVERHELLO_INVALID_OPTION for an unknown
 * one
 */
export function checkContextOptions(options: object): asserts options is SecureContextOptions {
  checkNames(options, Object.keys(contextNames));
}

/** @throws {TlsError} as `checkContextOptions` */
export function checkServerOptions(options: object): asserts options is ServerOptions {
  checkNames(options, ofStreams, (name) => Object.hasOwn(onlyOnDatagrams, name) && 'is an option for datagrams: true');
}

/** @throws {TlsError} as `checkContextOptions` */
export function checkDatagramOptions(options: object): asserts options is DatagramServerOptions {
  checkNames(options, ofDatagrams, (name) => Object.hasOwn(onlyOnStreams, name) && 'has no meaning on datagrams');
}

type Elsewhere = (name: string) => string | false;

function checkNames(options: object, names: readonly string[], elsewhere: Elsewhere = () => false): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || names.includes(name)) continue;
    const refusal = refusalOf(name);
    // A refused option that is switched off does no harm.
    if (refusal !== undefined && (value === null || value === false)) continue;
    if (refusal !== undefined) throw new TlsError('ERR_SERVERHELLO_NOT_AVAILABLE', `${name} is refused: ${refusal}`);
    const reason = elsewhere(name);
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : `, did you mean ${nearest}?`;
    throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `${name} ${reason || `is no option here${hint}`}`);
  }
}
