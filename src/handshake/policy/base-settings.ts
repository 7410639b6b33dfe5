import { Version } from '../../names/versions.ts';
import { MemorySessionStore } from '../../sessions/memory-session-store.ts';
import { Statistics } from '../../sessions/statistics.ts';
import { TicketKeys } from '../../sessions/ticket-keys.ts';
import type { Settings } from '../flow/settings.ts';
import { system } from '../flow/surroundings.ts';
import { applyCipherList } from './cipher-list.ts';
import { defaultCiphersuites } from './ciphersuites.ts';
import { groupSettings, ownGroups } from './group-list.ts';

/** The defaults of OpenSSL 3.0 on Debian 12 for everything that a configuration (SSL_CONF_cmd) can set. */
export function baseConfiguration() {
  const { suites, level } = applyCipherList('DEFAULT', { level: 2 });
  return {
    minVersion: Version.TLSv1,
    maxVersion: Version['TLSv1.3'],
    disabledVersions: new Set<number>(),
    securityLevel: level,
    cipherSuites: suites,
    cipherSuites13: defaultCiphersuites,
    serverPreference: false,
    prioritizeChacha: false,
    ...groupSettings(ownGroups()),
    signatureAlgorithms: undefined,
    clientSignatureAlgorithms: undefined,
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
    pskOnly: 'never',
  } satisfies Partial<Settings>;
}

/**
 * The settings of an unconfigured server: without certificates, with fresh keys, a store of its own and counters at
 * zero.
 */
export function baseSettings({ cacheSize }: { readonly cacheSize: number }): Settings {
  const statistics = new Statistics();
  return {
    ...baseConfiguration(),
    credentials: [],
    temporaryDh: 'auto',
    alpn: [],
    maxSendFragment: 16384,
    sessionIdContext: new Uint8Array(0),
    ignoreUnexpectedEof: false,
    ticketKeys: new TicketKeys(system.random),
    sessions: new MemorySessionStore({ capacity: cacheSize, now: epochSeconds, statistics }),
    sessionCache: 'internal',
    sessionIdPrefix: new Uint8Array(0),
    resumesEphemeral: true,
    sessionTimeout: 7200,
    statistics,
  };
}

function epochSeconds(): number {
  return Math.floor(system.now() / 1000);
}
