import { randomBytes } from '../crypto/random.ts';
import { applyCipherList } from '../handshake/policy/cipher-list.ts';
import { applyCiphersuites, defaultCiphersuites } from '../handshake/policy/ciphersuites.ts';
import { applyGroups, applyNamedCurve } from '../handshake/policy/group-list.ts';
import { applySignatureAlgorithms } from '../handshake/policy/signature-algorithm-list.ts';
import { suiteBRestrictions } from '../handshake/policy/suite-b.ts';
import type { RenegotiationRight, SecurityLevel, Settings } from '../handshake/settings.ts';
import { CookieKeys } from '../handshake/stateless-cookie.ts';
import { trustAnchorId } from '../messages/extensions/trust-anchors.ts';
import { MemorySessionStore } from '../sessions/memory-session-store.ts';
import { ReplayGuard } from '../sessions/replay-guard.ts';
import { Statistics } from '../sessions/statistics.ts';
import { TicketKeys } from '../sessions/ticket-keys.ts';
import type { Credential } from '../x509/credential.ts';
import { clientTrustFrom, type TrustOptions } from './client-certificates.ts';
import { type CredentialOptions, credentialsFrom, type PemOrDer } from './credentials.ts';
import { type EchOptions, echFrom } from './ech-keys.ts';
import { refuseUnavailable } from './not-available-yet.ts';
import { type PfxOptions, pfxContents, pfxCredential, trustingPfx } from './pfx.ts';
import { type ProtocolOptions, versionBounds } from './protocol-versions.ts';
import { secureOptionsFrom } from './secure-options.ts';
import { temporaryDhFrom } from './temporary-dh.ts';
import { optionError, TlsError } from './tls-error.ts';

/** What a server is and which protocol it speaks. Names and defaults are those of `node:tls` where it has the option. */
export interface SecureContextOptions extends CredentialOptions, PfxOptions, EchOptions, ProtocolOptions, TrustOptions {
  /** An OpenSSL cipher list; names that begin with `TLS_` are the suites of TLS 1.3. */
  readonly ciphers?: string | undefined;
  /** Groups between colons, or `auto`. */
  readonly ecdhCurve?: string | undefined;
  /** The same in the syntax of OpenSSL 3.5. Wins over `ecdhCurve`. */
  readonly groups?: string | undefined;
  /** The group of DHE up to TLS 1.2 (PKCS #3): one that fits the certificate unless given. */
  readonly dhparam?: PemOrDer | undefined;
  /** `SSL_OP_` constants of `node:crypto`. They win over the other options. */
  readonly secureOptions?: number | undefined;
  /** Signature algorithms between colons. */
  readonly sigalgs?: string | undefined;
  /** Whether our order of suites counts rather than the client's: true unless given. */
  readonly honorCipherOrder?: boolean | undefined;
  /** Seconds that a session may be resumed: 300 unless given. */
  readonly sessionTimeout?: number | undefined;
  /** Of all contexts whose sessions may be resumed in each other; at most 32 bytes. */
  readonly sessionIdContext?: string | undefined;
  /** Name and keys that seal tickets, 48 bytes as in `node:tls` or 80; fresh ones unless given. */
  readonly ticketKeys?: Uint8Array | undefined;
  /** Whether sessions are given out as tickets, or kept here under a name: true unless given. */
  readonly tickets?: boolean | undefined;
  /** Tickets after a full TLS 1.3 handshake: 2 unless given. */
  readonly ticketCount?: number | undefined;
  /** Sessions that are kept at most for those who resume by name: 20480 unless given. */
  readonly sessionCacheSize?: number | undefined;
  /** 0 to 5, as `@SECLEVEL` in `ciphers` sets it too: 2 unless given. */
  readonly securityLevel?: SecurityLevel | undefined;
  /** Who may begin a renegotiation up to TLS 1.2: `byServer` unless given. */
  readonly renegotiation?: RenegotiationRight | undefined;
  /** Renegotiates also with clients that do not know RFC 5746. */
  readonly legacyRenegotiation?: boolean | undefined;
  /** Whether a connection that ends without close_notify ended as it should: true unless given, as in `node:tls`. */
  readonly ignoreUnexpectedEof?: boolean | undefined;
  /** TLS 1.3 records are padded to a multiple of this, in bytes. */
  readonly recordPadding?: number | undefined;
  /** Whether the bare public key goes out instead of the certificate where the client takes it (RFC 7250). False unless given. */
  readonly rawPublicKey?: boolean | undefined;
  /**
   * Identifiers of the trust anchors that the certificate leads to, such as `32473.1`: told to TLS 1.3 clients that ask
   * (draft-ietf-tls-trust-anchor-ids). None unless given.
   */
  readonly trustAnchors?: readonly string[] | undefined;
  /** Whether TLS 1.3 looks like TLS 1.2 to what stands in between (RFC 8446 appendix D.4): true unless given. */
  readonly middleboxCompatibility?: boolean | undefined;
  /**
   * Whether early data of TLS 1.3 clients is taken: the server tells it by `earlyData`. Anybody may have recorded it and
   * send it again; see `antiReplay`. False unless given.
   */
  readonly earlyData?: boolean | undefined;
  /** Bytes of early data that a connection may send: 16384 unless given. */
  readonly maxEarlyData?: number | undefined;
  /** Whether with `earlyData` each ticket is good for one use: true unless given. */
  readonly antiReplay?: boolean | undefined;
  /** Clients of TLS 1.3 have to come again with a cookie before anything is kept of them. False unless given. */
  readonly stateless?: boolean | undefined;
  /** Violations of the protocol that allow it are told to `observer.broken`, and the conversation goes on. */
  readonly toleratesBroken?: boolean | undefined;
}

/** What `createSecureContext` makes: a checked set of options, for `SNICallback` and `addContext`. */
export class SecureContext {
  /** @internal */
  readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }
}

/**
 * Reads and checks the options once.
 * @throws {TlsError} for the first one that is not right or not available
 */
export function createSecureContext(options: SecureContextOptions = {}): SecureContext {
  refuseUnavailable(options);
  const { securityLevel: level, ...suites } = cipherSuitesFrom(options);
  const ech = echFrom(options);
  const pfx = pfxContents(options);
  const ofPfx = pfx.map((it) => pfxCredential(it, level));
  const statistics = new Statistics();
  const now = () => Math.floor(Date.now() / 1000);
  return new SecureContext({
    ...suites,
    securityLevel: level,
    ...versionBounds(options),
    disabledVersions: new Set(),
    serverPreference: options.honorCipherOrder ?? true,
    prioritizeChacha: false,
    ...groupsFrom(options),
    clientAuthentication: trustingPfx(clientTrustFrom(options), pfx),
    ...earlyDataFrom(options),
    ...(options.stateless && { cookieKeys: new CookieKeys(randomBytes) }),
    signatureAlgorithms: signatureAlgorithmsFrom(options),
    credentials: lastOfEachType([...credentialsFrom(options, level), ...ofPfx]),
    ...(ech && { ech }),
    rawPublicKey: options.rawPublicKey ?? false,
    strictCertificates: false,
    ...suiteBRestrictions(suites.suiteB),
    temporaryDh: temporaryDhFrom(options.dhparam, level),
    alpn: [],
    sessionIdContext: sessionIdContextFrom(options),
    tickets: options.tickets ?? true,
    ticketCount: numberFrom(options, 'ticketCount', { otherwise: 2, max: 255 }),
    recordPadding: numberFrom(options, 'recordPadding', { otherwise: 0, max: 16384 }),
    maxSendFragment: 16384,
    trustAnchors: trustAnchorsFrom(options),
    middleboxCompatibility: options.middleboxCompatibility ?? true,
    encryptThenMac: true,
    extendedMasterSecret: true,
    renegotiation: options.renegotiation ?? 'byServer',
    legacyRenegotiation: options.legacyRenegotiation ?? false,
    // A resumed session asks nobody for a certificate, and that is what an application renegotiates for.
    resumesOnRenegotiation: false,
    ignoreUnexpectedEof: options.ignoreUnexpectedEof ?? true,
    toleratesBroken: options.toleratesBroken ?? false,
    ticketKeys: ticketKeysFrom(options),
    sessions: new MemorySessionStore({
      capacity: numberFrom(options, 'sessionCacheSize', { otherwise: 20480, max: 0x7fffffff }),
      now,
      statistics,
    }),
    sessionCache: 'internal',
    sessionIdPrefix: new Uint8Array(0),
    resumesEphemeral: true,
    sessionTimeout: numberFrom(options, 'sessionTimeout', { otherwise: 300, max: 0x7fffffff }),
    statistics,
    ...secureOptionsFrom(options.secureOptions),
  });
}

/** As in `node:tls`, where every certificate takes the place of one before it that has the same type of key. */
function lastOfEachType(credentials: readonly Credential[]): Credential[] {
  return [...new Map(credentials.map((it) => [it.keyType, it])).values()];
}

function numberFrom<K extends keyof SecureContextOptions>(
  options: SecureContextOptions,
  name: K,
  { otherwise, max }: { readonly otherwise: number; readonly max: number },
): number {
  const value = options[name] ?? otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `${name}: not an integer from 0 to ${max}`);
}

function earlyDataFrom(options: SecureContextOptions): Pick<Settings, 'earlyData'> {
  const max = numberFrom(options, 'maxEarlyData', { otherwise: 16384, max: 0xffffffff });
  if (!options.earlyData) return {};
  const replayGuard =
    options.antiReplay === false ? undefined : new ReplayGuard({ capacity: 65536, window: replayWindow });
  return { earlyData: { accepts: true, max, receiveMax: max, replayGuard } };
}

/** Milliseconds, longer than a session store takes to forget one session. */
const replayWindow = 60_000;

function cipherSuitesFrom({ ciphers, securityLevel = 2 }: SecureContextOptions) {
  const names = ciphers?.split(':') ?? [];
  const names13 = names.filter((name) => name.startsWith('TLS_')).join(':');
  const others = ciphers === undefined ? 'DEFAULT' : names.filter((name) => !name.startsWith('TLS_')).join(':');
  return checked('ciphers', () => {
    const older = others === '' ? undefined : applyCipherList(others, { level: securityLevel });
    return {
      cipherSuites: older?.suites ?? [],
      cipherSuites13: names13 === '' ? defaultCiphersuites : applyCiphersuites(names13),
      securityLevel: older?.level ?? securityLevel,
      suiteB: older?.suiteB,
    };
  });
}

function groupsFrom({ ecdhCurve, groups }: SecureContextOptions): Pick<Settings, 'groups' | 'groupTuples'> {
  if (groups === undefined && (ecdhCurve === undefined || ecdhCurve === 'auto'))
    return { groups: applyNamedCurve('auto') };
  return checked(groups === undefined ? 'ecdhCurve' : 'groups', () => {
    const list = applyGroups(groups ?? ecdhCurve ?? '');
    return { groups: list.groups, groupTuples: list.tuples };
  });
}

function signatureAlgorithmsFrom({ sigalgs }: SecureContextOptions): Settings['signatureAlgorithms'] {
  return sigalgs === undefined ? undefined : checked('sigalgs', () => applySignatureAlgorithms(sigalgs));
}

function trustAnchorsFrom({ trustAnchors = [] }: SecureContextOptions): Uint8Array[] {
  return trustAnchors.map((text) => {
    const id = trustAnchorId(text);
    if (id !== undefined) return id;
    throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `trustAnchors: ${text} is no relative object identifier`);
  });
}

function ticketKeysFrom({ ticketKeys }: SecureContextOptions): TicketKeys {
  return checked('ticketKeys', () => new TicketKeys(randomBytes, ticketKeys));
}

function sessionIdContextFrom({ sessionIdContext = 'serverhello' }: SecureContextOptions): Uint8Array {
  const bytes = Buffer.from(sessionIdContext);
  if (bytes.length <= 32) return bytes;
  throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', 'sessionIdContext: longer than 32 bytes');
}

function checked<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw optionError(option, error);
  }
}
