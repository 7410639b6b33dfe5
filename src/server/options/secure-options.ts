import { constants } from 'node:crypto';
import type { Settings } from '../../handshake/flow/settings.ts';
import { Version } from '../../names/versions.ts';
import { TlsError } from '../sockets/tls-error.ts';

const { SSL_OP_NO_SSLv3, SSL_OP_NO_TLSv1, SSL_OP_NO_TLSv1_1, SSL_OP_NO_TLSv1_2, SSL_OP_NO_TLSv1_3 } = constants;

const versions: readonly (readonly [bit: number, version: number])[] = [
  [SSL_OP_NO_SSLv3, Version.SSLv3],
  [SSL_OP_NO_TLSv1, Version.TLSv1],
  [SSL_OP_NO_TLSv1_1, Version['TLSv1.1']],
  [SSL_OP_NO_TLSv1_2, Version['TLSv1.2']],
  [SSL_OP_NO_TLSv1_3, Version['TLSv1.3']],
];

const changes: readonly (readonly [bit: number, change: Partial<Settings>])[] = [
  [constants.SSL_OP_CIPHER_SERVER_PREFERENCE, { serverPreference: true }],
  [constants.SSL_OP_PRIORITIZE_CHACHA, { prioritizeChacha: true }],
  [constants.SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS, { emptyFragments: false }],
  [constants.SSL_OP_NO_TICKET, { tickets: false }],
  [constants.SSL_OP_NO_RENEGOTIATION, { renegotiation: 'never' }],
  [constants.SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION, { legacyRenegotiation: true }],
  [constants.SSL_OP_NO_ENCRYPT_THEN_MAC, { encryptThenMac: false }],
  [constants.SSL_OP_ALLOW_NO_DHE_KEX, { pskOnly: 'allowed' }],
];

/** Flags that ask for a default, or for a feature of versions long gone. */
const settled =
  constants.SSL_OP_ALL |
  constants.SSL_OP_NO_SSLv2 |
  constants.SSL_OP_NO_COMPRESSION |
  constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION |
  constants.SSL_OP_NO_QUERY_MTU |
  constants.SSL_OP_COOKIE_EXCHANGE |
  constants.SSL_OP_CISCO_ANYCONNECT |
  constants.SSL_OP_LEGACY_SERVER_CONNECT |
  constants.SSL_OP_TLS_ROLLBACK_BUG;

/**
 * secureOptionsFrom returns the changes that the `SSL_OP_` constants of `node:crypto` make to the settings.
 * @throws {TlsError} ERR_SERVERHELLO_INVALID_OPTION for one that has no meaning here
 */
export function secureOptionsFrom(secureOptions: number | undefined): Partial<Settings> {
  if (secureOptions === undefined) return {};
  const known = [...versions, ...changes].reduce((all, [bit]) => all | bit, settled);
  if (!Number.isInteger(secureOptions) || (secureOptions & ~known) !== 0) {
    const unknown = `0x${((secureOptions & ~known) >>> 0).toString(16)}`;
    throw new TlsError('ERR_SERVERHELLO_INVALID_OPTION', `secureOptions: ${unknown} is no option of this server`);
  }
  const has = ([bit]: readonly [number, unknown]) => (secureOptions & bit) !== 0;
  const disabled = versions.filter(has).map(([, version]) => version);
  return Object.assign(
    {},
    ...changes.filter(has).map(([, change]) => change),
    disabled.length > 0 && { disabledVersions: new Set(disabled) },
  );
}
