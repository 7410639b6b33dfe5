import { type CipherSuite, cipherSuites } from '../../names/cipher-suites.ts';
import { Version } from '../../names/versions.ts';
import { listItems, noCipherMatch } from './list-failure.ts';

/** The build's list leaves out the CCM suites of TLS 1.3 (0x1304, 0x1305), which work when requested. */
const byIanaName = new Map(
  cipherSuites.filter((it) => it.built || it.code >> 8 === 0x13).map((it) => [it.ianaName, it]),
);

/** OpenSSL's default for `-ciphersuites`. */
export const defaultCiphersuites: readonly CipherSuite[] = applyCiphersuites(
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256',
);

/**
 * Parses the list of `-ciphersuites`. Unknown names are ignored, a suite may occur twice, and the empty text disables
 * TLS 1.3 suites. Names of older suites are accepted without effect. Throws `ListFailure` when no name is known.
 */
export function applyCiphersuites(text: string): readonly CipherSuite[] {
  if (text === '') return [];
  const known = listItems(text)
    .map((name) => byIanaName.get(name))
    .filter((it) => it !== undefined);
  if (known.length === 0) throw noCipherMatch('set_ciphersuites');
  return known.filter((it) => it.minVersion === Version['TLSv1.3']);
}
