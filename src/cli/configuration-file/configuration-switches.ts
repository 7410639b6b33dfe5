import { Version } from '../../names/versions.ts';
import type { Configuration } from '../configuration/configuration.ts';

/** Switch is one word of the lists of Protocol, Options and VerifyMode in a configuration file. */
export interface Switch {
  readonly on: Side;
  readonly off: Side;
}

/** Side is the effect of a word with its sign. */
interface Side {
  readonly change?: Partial<Configuration> | ((current: Configuration) => Partial<Configuration>);
  /** An equivalent option, handled elsewhere. */
  readonly needs?: string;
}

/** switchNamed looks up a word in lower case. */
export function switchNamed(kind: 'protocol' | 'option' | 'verifyMode', word: string): Switch | undefined {
  return tables[kind].get(word);
}

const nothing: Side = {};
const ignored: Switch = { on: nothing, off: nothing };

function side(change: NonNullable<Side['change']>, needs?: string): Side {
  return { change, ...(needs !== undefined && { needs }) };
}

const streamVersions = [
  Version.SSLv3,
  Version.TLSv1,
  Version['TLSv1.1'],
  Version['TLSv1.2'],
  Version['TLSv1.3'],
] as const;

function protocols(...versions: number[]): Switch {
  return {
    on: side(({ disabledVersions }) => ({
      disabledVersions: new Set([...disabledVersions].filter((version) => !versions.includes(version))),
    })),
    off: side(({ disabledVersions }) => ({ disabledVersions: new Set([...disabledVersions, ...versions]) })),
  };
}

const tables: Readonly<Record<Parameters<typeof switchNamed>[0], ReadonlyMap<string, Switch>>> = {
  protocol: new Map([
    ['all', protocols(...streamVersions)],
    ['sslv2', ignored],
    ['sslv3', protocols(Version.SSLv3)],
    ['tlsv1', protocols(Version.TLSv1)],
    ['tlsv1.1', protocols(Version['TLSv1.1'])],
    ['tlsv1.2', protocols(Version['TLSv1.2'])],
    ['tlsv1.3', protocols(Version['TLSv1.3'])],
    ['dtlsv1', protocols(Version.DTLSv1)],
    ['dtlsv1.2', protocols(Version['DTLSv1.2'])],
  ]),
  option: new Map([
    ['sessionticket', { on: side({ tickets: true }), off: side({ tickets: false }) }],
    ['serverpreference', { on: side({ serverPreference: true }), off: side({ serverPreference: false }) }],
    ['prioritizechacha', { on: side({ prioritizeChacha: true }), off: side({ prioritizeChacha: false }) }],
    [
      'noresumptiononrenegotiation',
      { on: side({ resumesOnRenegotiation: false }), off: side({ resumesOnRenegotiation: true }) },
    ],
    [
      'unsafelegacyrenegotiation',
      { on: side({ legacyRenegotiation: true }), off: side({ legacyRenegotiation: false }) },
    ],
    ['clientrenegotiation', { on: side(renegotiation('byEither')), off: side(withoutRenegotiation('byEither')) }],
    ['norenegotiation', { on: side({ renegotiation: 'never' }), off: side(withoutRenegotiation('never')) }],
    ['encryptthenmac', { on: side({ encryptThenMac: true }), off: side({ encryptThenMac: false }) }],
    ['extendedmastersecret', { on: side({ extendedMasterSecret: true }), off: side({ extendedMasterSecret: false }) }],
    ['middleboxcompat', { on: side({ middleboxCompatibility: true }), off: side({ middleboxCompatibility: false }) }],
    ['emptyfragments', { on: side({ emptyFragments: true }), off: side({ emptyFragments: false }) }],
    ['bugs', { on: side({ emptyFragments: false }), off: side({ emptyFragments: true }) }],
    ['compression', { on: side({ compression: true }), off: side({ compression: false }) }],
    ['allownodhekex', { on: side({ pskOnly: 'allowed' }), off: side({ pskOnly: 'never' }) }],
    ['antireplay', { on: side({ antiReplay: true }), off: side({ antiReplay: false }) }],
    ['canames', { on: nothing, off: { needs: 'no_ca_names' } }],
    ['ktls', { on: { needs: 'ktls' }, off: nothing }],
    // Ephemeral keys are never reused here; the last one is for clients.
    ['dhsingle', ignored],
    ['ecdhsingle', ignored],
    ['unsafelegacyserverconnect', ignored],
  ]),
  verifyMode: new Map(
    ['request', 'require', 'once', 'requestposthandshake', 'requireposthandshake'].map((word) => [word, ignored]),
  ),
};

/** renegotiation sets the right to renegotiate, unless it is forbidden. */
function renegotiation(wanted: Configuration['renegotiation']) {
  return ({ renegotiation: current }: Configuration): Partial<Configuration> =>
    current === 'never' ? {} : { renegotiation: wanted };
}

function withoutRenegotiation(unwanted: Configuration['renegotiation']) {
  return ({ renegotiation: current }: Configuration): Partial<Configuration> =>
    current === unwanted ? { renegotiation: 'byServer' } : {};
}
